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
