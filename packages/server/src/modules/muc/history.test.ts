import type { BareJid } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { RoomHistory } from './history.js';

const ROOM = 'lobby@rooms.localhost' as BareJid;
const line = (text: string, length: number) =>
  `<message xmlns="jabber:client">${text.padEnd(length - 41, '.')}</message>`;

function kept(bounds: { readonly lines: number; readonly chars: number }, lines: readonly string[]): string {
  const history = new RoomHistory(ROOM, bounds);
  for (const xml of lines) history.add(0, xml);
  return history
    .select({ maxStanzas: 1000 }, 0, 0)
    .map(({ tail }) => /[a-z](?=\.)/.exec(tail.toString())?.[0])
    .join('');
}

test('the oldest go when there are too many, or too much of them', () => {
  const three = ['a', 'b', 'c'].map((text) => line(text, 100));
  expect(three.map(({ length }) => length)).toEqual([100, 100, 100]);
  expect(kept({ lines: 3, chars: 300 }, three)).toBe('abc');
  expect(kept({ lines: 2, chars: 300 }, three)).toBe('bc');
  expect(kept({ lines: 3, chars: 299 }, three)).toBe('bc');
  expect(kept({ lines: 3, chars: 99 }, three)).toBe('');
  expect(kept({ lines: 0, chars: 300 }, three)).toBe('');
});

test('what an occupant said goes, and what is older than a time, and makes room', () => {
  const history = new RoomHistory(ROOM, { lines: 10, chars: 10_000 });
  const said = (body: string, occupant: string) =>
    `<message xmlns="jabber:client"><body>${body}</body><occupant-id xmlns="urn:xmpp:occupant-id:0" id="${occupant}"/></message>`;
  for (const [at, body, occupant] of [
    [1, 'one', 'a'],
    [2, 'two', 'b'],
    [3, 'three', 'a'],
    [4, 'four', 'b'],
  ] as const) {
    history.add(at, said(body, occupant));
  }
  const bodies = () =>
    history.select({ maxStanzas: 9 }, 0, 9).map(({ tail }) => /<body>(\w+)/.exec(tail.toString())?.[1]);
  history.forget('a');
  expect(bodies()).toEqual(['two', 'four']);
  history.forgetBefore(4);
  expect(bodies()).toEqual(['four']);
  history.forgetBefore(5);
  expect(history.size).toBe(0);
  // What has gone does not count any more.
  for (let n = 0; n < 10; n++) history.add(n, 'x'.repeat(1000));
  expect(history.size).toBe(10);
});
