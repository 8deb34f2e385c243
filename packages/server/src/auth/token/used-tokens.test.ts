import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { UsedTokens } from './used-tokens.js';

test('a token is used once, as long as it is good', () => {
  const clock = new FakeClock();
  const used = new UsedTokens(clock, 10);
  const expiresAt = clock.now() + 1000;
  expect(used.use('a', expiresAt)).toBe(true);
  expect(used.use('a', expiresAt)).toBe(false);
  expect(used.use('b', expiresAt)).toBe(true);
  clock.advance(999);
  expect(used.use('a', expiresAt)).toBe(false);
});

test('without a place to note it no token is taken, and those that have expired make place', () => {
  const clock = new FakeClock();
  const used = new UsedTokens(clock, 2);
  const soon = clock.now() + 1000;
  expect(used.use('a', soon)).toBe(true);
  expect(used.use('b', soon + 1)).toBe(true);
  expect(used.use('c', soon)).toBe('full');
  expect(used.use('a', soon)).toBe(false);
  clock.advance(1000);
  expect(used.use('c', soon + 5000)).toBe(true);
  expect(used.use('d', soon + 5000)).toBe('full');
  expect(used.use('b', soon + 1)).toBe(false);
  expect(used.size).toBe(2);
});
