import { expect, test } from 'vitest';
import type { ChatAuth } from '../chat.js';
import { isFleeting, whoOf } from './who.js';

const token = (sub: string): ChatAuth => ({
  kind: 'token',
  token: `a.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.b`,
});

test('everybody is told apart', () => {
  const people: readonly ChatAuth[] = [
    { kind: 'guest' },
    { kind: 'password', username: 'mira', password: 'x' },
    { kind: 'cookie', user: 'mira' },
    { kind: 'cookie', user: 'joe' },
    token('mira'),
    token('joe'),
  ];
  expect(new Set(people.map(whoOf)).size).toBe(people.length);
  expect(whoOf(undefined)).toBe(whoOf({ kind: 'guest', nick: 'Mira' }));
});

test('nothing is kept for whom the next page cannot know again', () => {
  expect(isFleeting({ kind: 'cookie' })).toBe(true);
  expect(isFleeting({ kind: 'token', token: 'opaque' })).toBe(true);
  expect(
    [{ kind: 'guest' } as const, { kind: 'cookie', user: 'mira' } as const, token('mira')].some(isFleeting),
  ).toBe(false);
});
