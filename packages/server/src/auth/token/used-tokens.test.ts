import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { MemoryUsedTokens } from '../../storage/memory-used-tokens.js';
import { UsedTokens } from './used-tokens.js';

let clock: FakeClock;
let store: MemoryUsedTokens;
beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryUsedTokens();
});

test('a token is used once, as long as it is good', async () => {
  const used = new UsedTokens(clock, store, 10);
  const expiresAt = clock.now() + 1000;
  expect(await used.use('a', expiresAt)).toBe(true);
  expect(await used.use('a', expiresAt)).toBe(false);
  expect(await used.use('b', expiresAt)).toBe(true);
  clock.advance(999);
  expect(await used.use('a', expiresAt)).toBe(false);
});

test('of many who come with it at once, one signs in', async () => {
  const used = new UsedTokens(clock, store, 10);
  const expiresAt = clock.now() + 1000;
  const verdicts = await Promise.all(Array.from({ length: 8 }, () => used.use('a', expiresAt)));
  expect(verdicts.filter((verdict) => verdict === true)).toHaveLength(1);
});

test('what was used before a restart, or on another node, is not taken', async () => {
  const expiresAt = clock.now() + 1000;
  await new UsedTokens(clock, store, 10).use('a', expiresAt);
  const other = new UsedTokens(clock, store, 10);
  expect(await other.use('a', expiresAt)).toBe(false);
  expect(await other.use('b', expiresAt)).toBe(true);
});

test('without a place to note it no token is taken, and those that have expired make place', async () => {
  const used = new UsedTokens(clock, store, 2);
  const soon = clock.now() + 1000;
  expect(await used.use('a', soon)).toBe(true);
  expect(await used.use('b', soon + 1)).toBe(true);
  expect(await used.use('c', soon)).toBe('full');
  expect(await new UsedTokens(clock, store, 2).use('c', soon)).toBe('full');
  clock.advance(1000);
  expect(await used.use('c', soon + 5000)).toBe(true);
  expect(await used.use('d', soon + 5000)).toBe('full');
});

test('one that is refused takes no place', async () => {
  const used = new UsedTokens(clock, store, 2);
  const soon = clock.now() + 1000;
  await used.use('a', soon);
  for (let tries = 0; tries < 3; tries++) expect(await used.use('a', soon)).toBe(false);
  expect(await used.use('b', soon)).toBe(true);
});

test('what has expired is forgotten in time', async () => {
  const used = new UsedTokens(clock, store, 10);
  const off = used.startSweeping((error) => expect.unreachable(String(error)));
  await used.use('a', clock.now() + 1000);
  clock.advance(599_999);
  expect(store.size).toBe(1);
  clock.advance(1);
  expect(store.size).toBe(0);
  off();
  expect(clock.pending).toBe(0);
});
