import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { insist, Lazy } from './lazy.js';

test('is loaded once, however many ask', async () => {
  let loads = 0;
  const lazy = new Lazy(async () => ++loads);
  expect(lazy.value).toBeUndefined();
  expect(await Promise.all([lazy.load(), lazy.load()])).toEqual([1, 1]);
  expect([await lazy.load(), lazy.value, loads]).toEqual([1, 1, 1]);
});

test('what could not be loaded is asked for again', async () => {
  let down = true;
  const lazy = new Lazy(async () => {
    if (down) throw new TypeError('not loaded');
    return 'here';
  });
  await expect(lazy.load()).rejects.toThrow('not loaded');
  expect(lazy.value).toBeUndefined();
  down = false;
  expect([await lazy.load(), lazy.value]).toEqual(['here', 'here']);
});

test('what is insisted on is asked for every five seconds, until it is there or nobody waits any more', async () => {
  const clock = new FakeClock();
  let asked = 0;
  const load = async () => {
    asked++;
    if (asked < 3) throw new TypeError('not loaded');
    return 'here';
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const got = insist(clock, load);
  await turn();
  clock.advance(4_999);
  await turn();
  expect(asked).toBe(1);
  clock.advance(1);
  await turn();
  expect(asked).toBe(2);
  clock.advance(5_000);
  expect(await got).toBe('here');
  asked = 0;
  void insist(clock, load, (off) => off());
  await turn();
  expect([asked, clock.pending]).toEqual([1, 0]);
});
