import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test, vi } from 'vitest';
import { keepRenewed } from './renewal.js';
import type { SiteTokens } from './sasl/site-token.js';

function world(move: () => Promise<boolean>, renewIn: number | 'never' = 1000) {
  const clock = new FakeClock();
  const fresh = vi.fn(async () => 'token');
  const renewAt = renewIn === 'never' ? undefined : clock.now() + renewIn;
  const tokens = { fresh, renewAt } as unknown as SiteTokens;
  const abort = new AbortController();
  const moved = vi.fn(move);
  const host = { env: { clock, random: new SeededRandom() }, tokens, move: moved };
  const done = keepRenewed(host, abort.signal);
  const pass = async (time: number): Promise<void> => {
    clock.advance(time);
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { abort, clock, done, fresh, moved, pass };
}

test('a new token is there before the time is over, and the session goes on with it', async () => {
  const { clock, done, fresh, moved, pass } = world(async () => true);
  await pass(899);
  expect(fresh).not.toHaveBeenCalled();
  await pass(101);
  expect([fresh.mock.calls.length, moved.mock.calls.length]).toEqual([1, 1]);
  await done;
  expect(clock.pending).toBe(0);
});

test('what failed is tried again', async () => {
  let works = false;
  const { done, fresh, moved, pass } = world(async () => works);
  fresh.mockRejectedValueOnce(new TypeError('fetch failed'));
  await pass(1000);
  await pass(15_000);
  expect([fresh.mock.calls.length, moved.mock.calls.length]).toEqual([2, 1]);
  works = true;
  await pass(15_000);
  await done;
  expect(moved).toHaveBeenCalledTimes(2);
});

test('nothing is done for who has left, nor where there is no need', async () => {
  const left = world(async () => true);
  left.abort.abort();
  await left.done;
  await left.pass(10_000);
  expect([left.fresh.mock.calls.length, left.clock.pending]).toEqual([0, 0]);
  const needless = world(async () => true, 'never');
  await needless.done;
  expect(needless.fresh).not.toHaveBeenCalled();
});
