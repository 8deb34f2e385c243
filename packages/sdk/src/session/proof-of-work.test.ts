import { createHash } from 'node:crypto';
import type { Clock } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { work } from './proof-of-work.js';

/** A clock on which every look takes a millisecond, and no pause takes any time. */
function running(paused: (delay: number) => void = () => {}): Clock {
  const fake = new FakeClock();
  let now = 0;
  return {
    now: () => fake.now(),
    monotonic: () => now++,
    after(delay, run) {
      paused(delay);
      queueMicrotask(run);
      return () => {};
    },
    every: () => () => {},
  };
}

test.each([1, 8, 12])('finds %i zero bits', async (bits) => {
  const answer = await work('challenge', bits, running(), new AbortController().signal);
  expect(answer).toMatch(/^challenge\.\d+$/);
  expect(Math.clz32(createHash('sha256').update(answer).digest().readUInt32BE(0))).toBeGreaterThanOrEqual(
    bits,
  );
});

test('leaves the page its time, and can be given up', async () => {
  const abort = new AbortController();
  const pauses: number[] = [];
  const clock = running((delay) => {
    if (pauses.push(delay) === 3) abort.abort();
  });
  await expect(work('challenge', 26, clock, abort.signal)).rejects.toThrow('given up');
  expect(pauses).toEqual([0, 0, 0]);
});
