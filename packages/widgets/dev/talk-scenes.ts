import { FAKE_START, type FakeRoom, fakeChat, mkMessage } from '@meerkat-chat/sdk/testing';
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

/** Opens the menu of the last row as the keyboard does. */
function openLast(element: HTMLElement): void {
  const row = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])].at(-1);
  row?.focus();
  row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}

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
  [
    'moderator menu',
    () => ({
      chat: talked(),
      act: ({ room, element }) => {
        moderate(room);
        const target = [...room.occupants.value.values()].find(
          ({ self, role }) => !self && role === 'participant',
        );
        if (target)
          room.receive({ nick: target.nick, occupantId: target.occupantId ?? '', text: 'Buy my boat' });
        requestAnimationFrame(() => requestAnimationFrame(() => openLast(element)));
      },
      shows: '.menu button:nth-child(5)',
    }),
  ],
  [
    'moderator: people',
    () => ({
      chat: talked(),
      act: ({ room, element }) => {
        moderate(room);
        element.shadowRoot?.querySelector<HTMLElement>('.people-button')?.click();
      },
      shows: '.people li .icon',
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
