import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { FakePlatform } from './testing/fake-platform.js';
import { onWake } from './wake.js';

test('a jump of the clock, the network and the eye wake', () => {
  const { page, ...platform } = new FakePlatform();
  const timers = new FakeClock();
  let slept = 0;
  const clock = {
    now: () => timers.now() + slept,
    monotonic: () => timers.monotonic(),
    after: timers.after.bind(timers),
    every: timers.every.bind(timers),
  };
  const woken: number[] = [];
  const off = onWake(page, clock, () => woken.push(timers.now()));
  timers.advance(60_000);
  slept += 10_000;
  timers.advance(5_000);
  expect(woken).toHaveLength(0);
  slept += 10_001;
  timers.advance(5_000);
  expect(woken).toHaveLength(1);
  off();
  expect([timers.pending, platform.clock.pending]).toEqual([0, 0]);
});
