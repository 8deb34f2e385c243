import { FAKE_START, type FakeChat, type FakeRoom, fakeChat, mkMessage } from '@meerkat-chat/sdk/testing';
import type { ChatRoom } from '../src/chat-room/chat-room.js';

/** What a state's `act` may touch. */
export interface Scene {
  readonly chat: FakeChat;
  readonly room: FakeRoom;
  readonly element: ChatRoom;
}

/** A chat to show, and what happens once it is shown. */
export interface State {
  readonly chat: FakeChat;
  readonly nick?: string;
  readonly act?: (scene: Scene) => void;
  /** What its shadow shows once it is there, as a selector; the frame alone by default. */
  readonly shows?: string;
}

const minutes = (count: number) => FAKE_START - count * 60_000;
const shadow = (element: ChatRoom) => element.shadowRoot as ShadowRoot;

const longWords = [
  mkMessage({
    key: 'l1',
    nick: 'Aleksandra Wiśniewska-Nowak',
    at: minutes(9),
    text: 'https://example.com/a/very/long/path/that/never/ends/and/has/no/spaces?query=0123456789abcdefghijklmnopqrstuvwxyz&more=yes',
  }),
  mkMessage({
    key: 'l2',
    nick: 'W'.repeat(60),
    at: minutes(8),
    text: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2),
  }),
  mkMessage({
    key: 'l3',
    nick: 'ليلى',
    at: minutes(7),
    text: 'هذه رسالة طويلة قليلا مع كلمة English في وسطها ورقم 42 في آخرها',
  }),
  mkMessage({
    key: 'l4',
    nick: 'Zed',
    at: minutes(6),
    text: `Z${'\u0301\u0303\u0323'.repeat(40)}algo`,
  }),
  mkMessage({
    key: 'l5',
    nick: '<b>Mallory</b>',
    at: minutes(5),
    text: '<img src=x onerror=alert(1)>\n  const a = 1;\n  return a;',
  }),
  mkMessage({
    key: 'l6',
    nick: '\u202eevil',
    at: minutes(4),
    text: 'A name that tries to turn the line around',
  }),
];

const named = [
  mkMessage({ key: 'n1', nick: 'Zoë', at: minutes(9), text: 'Who has the drawing of the jig?' }),
  mkMessage({
    key: 'n2',
    nick: 'Tomasz',
    at: minutes(8),
    text: '@Jonas had it last week, and put it at https://example.com/drawings/jig-4.svg, I think.',
  }),
  mkMessage({ key: 'n3', nick: 'Tomasz', at: minutes(8), text: 'Or was it the older one?' }),
  mkMessage({
    key: 'n4',
    nick: 'Jonas',
    own: true,
    at: minutes(7),
    text: 'The new one: https://example.com/drawings/jig-5.svg',
  }),
  mkMessage({ key: 'n5', nick: 'ليلى', at: minutes(6), text: 'شكرا Jonas على الرسم' }),
  mkMessage({ key: 'n6', nick: 'Zoë', at: minutes(5), text: 'jonas: perfect, thank you' }),
];

/** Every state by its name. */
export const STATES: ReadonlyMap<string, () => State> = new Map<string, () => State>([
  [
    'joined',
    () => ({
      chat: fakeChat({
        room: {
          messages: 40,
          occupants: 18,
          subject: 'Evening stream: tools of a small workshop',
          older: 120,
        },
      }),
    }),
  ],
  ['few', () => ({ chat: fakeChat({ seed: 5, room: { messages: 4, occupants: 3 } }) })],
  ['full', () => ({ chat: fakeChat({ room: { messages: 500, occupants: 1204 } }), nick: 'Mira' })],
  [
    'two hundred',
    () => ({ chat: fakeChat({ room: { messages: 200, occupants: 40 } }), shows: '.row:nth-child(200)' }),
  ],
  ['empty', () => ({ chat: fakeChat({ room: { occupants: 0 } }), shows: '.empty' })],
  [
    'connecting',
    () => ({
      chat: fakeChat({
        status: { state: 'connecting' },
        room: { status: { state: 'joining' }, occupants: 0 },
      }),
    }),
  ],
  [
    'connecting with rows',
    () => ({
      chat: fakeChat({
        status: { state: 'connecting' },
        room: { messages: 12, status: { state: 'joining' }, occupants: 0 },
      }),
    }),
  ],
  [
    'reconnecting',
    () => ({
      chat: fakeChat({ room: { messages: 12, subject: 'Evening stream' } }),
      act: ({ chat }) => chat.become({ state: 'reconnecting', attempt: 2 }),
    }),
  ],
  [
    'offline',
    () => ({
      chat: fakeChat({ status: { state: 'offline' }, room: { messages: 12, sending: 'hold' } }),
      nick: 'Mira',
      act: ({ room }) => void room.send('This one waits until the train leaves the tunnel'),
      shows: '.line',
    }),
  ],
  [
    'refused: unreachable',
    () => ({
      chat: fakeChat({
        status: { state: 'refused', reason: 'unreachable' },
        room: { status: { state: 'joining' }, occupants: 0 },
      }),
    }),
  ],
  [
    'refused: replaced',
    () => ({ chat: fakeChat({ status: { state: 'refused', reason: 'replaced' }, room: { messages: 12 } }) }),
  ],
  [
    'banned',
    () => ({
      chat: fakeChat({
        room: {
          occupants: 0,
          status: { state: 'refused', reason: 'banned', text: 'Advertising, after two warnings.' },
        },
      }),
    }),
  ],
  [
    'kicked',
    () => ({
      chat: fakeChat({
        room: {
          messages: 12,
          status: { state: 'refused', reason: 'kicked', by: 'Mira', text: 'Please stay on the topic.' },
        },
      }),
    }),
  ],
  [
    'nick conflict',
    () => ({
      chat: fakeChat({ room: { messages: 12, status: { state: 'refused', reason: 'nick-conflict' } } }),
    }),
  ],
  [
    'failed',
    () => ({
      chat: fakeChat({ room: { messages: 12, sending: 'fail' } }),
      nick: 'Mira',
      act: ({ room }) => void room.send('This one was not taken'),
      shows: '.row[data-delivery="failed"] .trouble',
    }),
  ],
  [
    'sending',
    () => ({
      chat: fakeChat({ room: { messages: 12, sending: 'hold' } }),
      nick: 'Mira',
      act: ({ room }) => void room.send('This one is on its way'),
      shows: '.row[data-delivery="pending"]',
    }),
  ],
  [
    'sent',
    () => ({
      chat: fakeChat({ room: { messages: 12 } }),
      nick: 'Mira',
      act: ({ room }) => void room.send('This one has arrived'),
      shows: '.row[data-own]',
    }),
  ],
  [
    'no voice',
    () => ({
      chat: fakeChat({ room: { messages: 12 } }),
      act: ({ room }) => {
        const me = room.self.value;
        if (me) room.self.set({ ...me, role: 'visitor' });
      },
    }),
  ],
  ['long words', () => ({ chat: fakeChat({ room: { messages: longWords } }) })],
  [
    'history above',
    () => ({
      chat: fakeChat({ room: { messages: 30, older: 120 } }),
      act: ({ element }) => (shadow(element).querySelector('.view') as HTMLElement).scrollTo(0, 0),
      shows: '.row:nth-child(80)',
    }),
  ],
  [
    'new messages',
    () => ({
      chat: fakeChat({ room: { messages: 60 } }),
      act: ({ room, element }) => {
        const view = shadow(element).querySelector('.view') as HTMLElement;
        view.scrollTop -= 300;
        view.addEventListener('scroll', () => requestAnimationFrame(() => room.flood(23)), { once: true });
      },
      shows: '.pill span',
    }),
  ],
  [
    'mention',
    () => ({
      chat: fakeChat({ room: { messages: named, status: { state: 'joined', nick: 'Jonas' } } }),
      nick: 'Jonas',
    }),
  ],
  [
    'new messages, named',
    () => ({
      chat: fakeChat({ room: { messages: 60, status: { state: 'joined', nick: 'Jonas' } } }),
      act: ({ room, element }) => {
        const view = shadow(element).querySelector('.view') as HTMLElement;
        view.scrollTop -= 300;
        const more = () => {
          room.flood(21);
          room.receive({ nick: 'Zoë', text: 'Jonas, are you there?' });
          room.receive({ nick: 'Zoë', text: '@jonas' });
        };
        view.addEventListener('scroll', () => requestAnimationFrame(more), { once: true });
      },
    }),
  ],
  [
    'names offered',
    () => ({
      chat: fakeChat({ room: { messages: 12, occupants: 12 } }),
      act: ({ element }) => {
        const field = shadow(element).querySelector('textarea') as HTMLTextAreaElement;
        field.value = 'Thank you @';
        field.focus();
        field.setSelectionRange(11, 11);
        field.dispatchEvent(new Event('input'));
      },
    }),
  ],
  [
    'name refused',
    () => ({
      chat: fakeChat({ room: { messages: 12 } }),
      nick: 'Sasha',
      act: ({ room }) =>
        room.status.set({
          state: 'joined',
          nick: 'Sasha',
          nickRefused: { nick: 'Mira', reason: 'nick-conflict' },
        }),
    }),
  ],
  [
    'readonly',
    () => ({
      chat: fakeChat({ room: { messages: 12, subject: 'Evening stream' } }),
      act: ({ element }) => {
        element.readOnly = true;
      },
    }),
  ],
  [
    'name asked',
    () => ({
      chat: fakeChat({ room: { messages: 12 } }),
      act: ({ element }) => {
        const field = shadow(element).querySelector('textarea') as HTMLTextAreaElement;
        field.value = 'Hello from the second row';
        field.dispatchEvent(new Event('input'));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
      },
      shows: '.name-form',
    }),
  ],
  [
    'who is here',
    () => ({
      chat: fakeChat({ room: { messages: 12, occupants: 40 } }),
      act: ({ element }) => (shadow(element).querySelector('.people-button') as HTMLElement).click(),
      shows: '.people li',
    }),
  ],
  [
    'writing',
    () => ({
      chat: fakeChat({ room: { messages: 12 } }),
      nick: 'Mira',
      act: ({ element }) => {
        const field = shadow(element).querySelector('textarea') as HTMLTextAreaElement;
        field.value =
          'One line\nand another\nand a third one which is so long that it does not fit into the width\nfour\nfive\nsix';
        field.dispatchEvent(new Event('input'));
        field.focus();
      },
    }),
  ],
]);
