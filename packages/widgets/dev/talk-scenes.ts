import type { RoomMessage } from '@meerkat-chat/sdk';
import { FAKE_START, type FakeRoom, fakeChat, mkMessage } from '@meerkat-chat/sdk/testing';
import type { ChatRoom } from '../src/chat-room/chat-room.js';
import type { State } from './scenes.js';

const minutes = (count: number) => FAKE_START - count * 60_000;

const talked = () => fakeChat({ seed: 3, room: { messages: 14, occupants: 6 } });

/** Lets us be a moderator of a moderated room. */
function moderate(room: FakeRoom): void {
  const self = room.self.value;
  if (!self) return;
  const now = { ...self, role: 'moderator', affiliation: 'admin' } as const;
  room.self.set(now);
  const muted = [...room.occupants.value.values()].at(-1);
  const people = new Map(room.occupants.value).set(self.nick, now);
  if (muted) people.set(muted.nick, { ...muted, role: 'visitor' });
  room.occupants.set(people);
}

const typing = (...nicks: readonly string[]): State => ({
  chat: talked(),
  act: ({ room }) => room.compose(...nicks),
  shows: '.typing',
});

const shadow = (element: ChatRoom) => element.shadowRoot as ShadowRoot;

/** Once what was done before has been painted. */
const soon = (run: () => void) => requestAnimationFrame(() => requestAnimationFrame(run));

/** Once something is there that is loaded first. */
function once(element: ChatRoom, selector: string, run: (found: HTMLElement) => void): void {
  const found = shadow(element).querySelector<HTMLElement>(selector);
  if (found) run(found);
  else if (element.isConnected) requestAnimationFrame(() => once(element, selector, run));
}

/** Opens the menu of the last row as the keyboard does. */
function openLast(element: ChatRoom): void {
  const row = [...shadow(element).querySelectorAll<HTMLElement>('.row')].at(-1);
  row?.focus();
  row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}

/** A moderator, somebody who is in the way, and what comes then. */
function moderated(then: (element: ChatRoom) => void, shows: string): State {
  return {
    chat: talked(),
    act: ({ room, element }) => {
      moderate(room);
      const target = [...room.occupants.value.values()].find(
        (one) => !one.self && one.role === 'participant',
      );
      if (target) room.receive({ nick: target.nick, occupantId: `id-${target.nick}`, text: 'Buy my boat' });
      soon(() => then(element));
    },
    shows,
  };
}

/** A face as a site may have one, in as many colours as there are people; no network. */
const face = (hue: number): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="hsl(${hue} 60% 70%)"/><circle cx="18" cy="14" r="7" fill="hsl(${hue} 50% 30%)"/><circle cx="18" cy="36" r="13" fill="hsl(${hue} 50% 30%)"/></svg>`,
  )}`;

/** People whom a site has given pictures, one whom it has given none, and one whose picture does not come. */
const pictures: readonly (readonly [nick: string, avatar: string | undefined, text: string])[] = [
  ['Mira Kim', face(20), 'My picture comes from the site that I am signed in to'],
  ['Mira Kim', face(20), 'and stands beside the first of my lines alone'],
  ['Joe', undefined, 'I have none'],
  ['Ada', face(200), 'Hello both'],
  ['Noor', 'data:image/png,nothing', 'Mine is broken, so my letter stays'],
];

const pictured = (): readonly RoomMessage[] =>
  pictures.map(([nick, avatar, text], at) =>
    mkMessage({ key: `p${at}`, nick, occupantId: `id-${nick}`, avatar, text, at: minutes(9 - at / 2) }),
  );

const two = (own: boolean, key: string, minute: number, text: string) =>
  mkMessage({
    key,
    own,
    nick: own ? 'Sasha' : 'Mira',
    occupantId: own ? 'id-Sasha' : 'id-Mira',
    at: minutes(minute),
    text,
  });

const between = [
  two(false, 'b1', 31, 'Hello. Is the bench by the window free on Thursday?'),
  two(false, 'b2', 31, 'I would bring the small plane'),
  two(true, 'b3', 29, 'It is, from ten'),
  two(true, 'b4', 29, 'Bring it along. The drawings are at https://example.com/drawings/jig-5.svg'),
  two(true, 'b5', 28, 'And tea'),
  two(false, 'b6', 3, 'أراك يوم الخميس'),
  two(true, 'b7', 2, 'See you then'),
];

/** The states of `<chat-room>` in which people do something beside talking. */
export const TALK_STATES: ReadonlyMap<string, () => State> = new Map<string, () => State>([
  ['one types', () => typing('Mira')],
  ['two type', () => typing('Mira', 'Joe')],
  ['many type', () => typing('Mira', 'Joe', 'Zoë', 'Tomasz')],
  [
    'removed',
    () => ({
      chat: talked(),
      act: ({ room }) => {
        room.remove('Tomasz', { by: 'Mira', reason: 'spam' });
        room.receive({ nick: 'Zoë', text: 'Thank you' });
        room.remove('Joe', { kind: 'banned' });
      },
      shows: '.row[data-notice]:last-child',
    }),
  ],
  ['row menu', () => ({ chat: talked(), act: ({ element }) => openLast(element), shows: '.menu' })],
  ['moderator menu', () => moderated(openLast, '.menu button:nth-child(5)')],
  [
    'ban asked',
    () =>
      moderated((element) => {
        openLast(element);
        once(element, '.menu button:nth-child(5)', (ban) => ban.click());
      }, '.question'),
  ],
  [
    'moderator: people',
    () => ({
      chat: talked(),
      act: ({ room, element }) => {
        moderate(room);
        shadow(element).querySelector<HTMLElement>('.people-button')?.click();
      },
      shows: '.people li .icon',
    }),
  ],
  [
    'pictures',
    () => ({
      chat: fakeChat({ room: { messages: pictured(), occupants: 6 } }),
      act: ({ room, element }) => {
        const people = [...room.occupants.value.values()].map((one, at) => ({
          ...one,
          avatar: pictures[at]?.[1],
        }));
        room.occupants.set(new Map(people.map((one) => [one.nick, one])));
        shadow(element).querySelector<HTMLElement>('.people-button')?.click();
      },
      shows: '.people li img',
    }),
  ],
  [
    'bubbles',
    () => ({
      chat: fakeChat({ room: { messages: between, occupants: 1, name: 'Mira' } }),
      act: ({ element }) => {
        element.density = 'bubbles';
      },
      shows: '.row:last-child',
    }),
  ],
]);
