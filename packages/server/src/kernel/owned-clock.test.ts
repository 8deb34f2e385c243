import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { OwnedClock } from './owned-clock.js';

test('timers run as on the clock beneath, and are forgotten when they have', () => {
  const clock = new FakeClock(1000);
  const owned = new OwnedClock(clock);
  const ran: string[] = [];
  owned.after(10, () => void ran.push(`once ${owned.pending}`));
  const off = owned.every(4, () => void ran.push(`again ${owned.now()}`));
  clock.advance(10);
  expect(ran).toEqual(['again 1004', 'again 1008', 'once 1']);
  expect(owned.monotonic()).toBe(clock.monotonic());
  off();
  off();
  expect([owned.pending, clock.pending]).toEqual([0, 0]);
});

test('all of them are undone at once, and those of others are not', () => {
  const clock = new FakeClock();
  const owned = new OwnedClock(clock);
  clock.after(1, () => {});
  owned.after(1, () => expect.unreachable());
  owned.every(1, () => expect.unreachable());
  owned.stop();
  expect([owned.pending, clock.pending]).toEqual([0, 1]);
  clock.advance(10);
});
