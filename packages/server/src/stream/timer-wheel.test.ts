import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { TimerWheel, WHEEL_STEP } from './timer-wheel.js';

function setUp() {
  const clock = new FakeClock();
  const start = clock.monotonic();
  const wheel = new TimerWheel(clock);
  const rung: string[] = [];
  const bell = (name: string, again?: number) => ({
    due: (now: number) => {
      rung.push(`${name}@${now - start}`);
      return again === undefined ? undefined : now + again;
    },
  });
  return { bell, clock, rung, start, wheel };
}

test('rings within a step, never before', () => {
  const { bell, clock, rung, start, wheel } = setUp();
  wheel.schedule(bell('a'), start + 5000);
  wheel.schedule(bell('b'), start + 5001);
  clock.advance(4999);
  expect(rung).toEqual([]);
  clock.advance(1);
  expect(rung).toEqual(['a@5000']);
  clock.advance(WHEEL_STEP);
  expect(rung).toEqual(['a@5000', 'b@6000']);
  expect(wheel.size).toBe(0);
});

test('a thing has one deadline: the last that was set', () => {
  const { bell, clock, rung, start, wheel } = setUp();
  const a = bell('a');
  wheel.schedule(a, start + 2000);
  wheel.schedule(a, start + 4000);
  expect(wheel.size).toBe(1);
  clock.advance(10_000);
  expect(rung).toEqual(['a@4000']);
});

test('rings again when told to, and at the next step when that has passed', () => {
  const { bell, clock, rung, start, wheel } = setUp();
  const a = bell('a', 0);
  wheel.schedule(a, start - 5000);
  clock.advance(3000);
  expect(rung).toEqual(['a@1000', 'a@2000', 'a@3000']);
  wheel.cancel(a);
  wheel.cancel(a);
  clock.advance(3000);
  expect(rung).toHaveLength(3);
});

test('one may cancel another that is due at the same time', () => {
  const { bell, clock, rung, start, wheel } = setUp();
  const b = bell('b');
  const a = {
    due: () => {
      wheel.cancel(b);
      return undefined;
    },
  };
  wheel.schedule(a, start + 1000);
  wheel.schedule(b, start + 1000);
  clock.advance(2000);
  expect(rung).toEqual([]);
  expect(wheel.size).toBe(0);
});

test('after a sleep of the machine everything that is due rings, oldest first', () => {
  let now = 0;
  let turn = () => {};
  const clock = {
    now: () => now,
    monotonic: () => now,
    after: () => () => {},
    every: (_: number, run: () => void) => {
      turn = run;
      return () => {};
    },
  };
  const wheel = new TimerWheel(clock);
  const rung: string[] = [];
  const bell = (name: string) => ({ due: () => void rung.push(name) as undefined });
  wheel.schedule(bell('late'), 9_000_000);
  wheel.schedule(bell('b'), 2000);
  wheel.schedule(bell('a'), 1000);
  now = 8_000_000;
  turn();
  expect(rung).toEqual(['a', 'b']);
  now = 9_000_000;
  turn();
  expect(rung).toEqual(['a', 'b', 'late']);
});

test('uses one timer, and none after it has stopped', () => {
  const { bell, clock, rung, start, wheel } = setUp();
  for (let n = 0; n < 100; n++) wheel.schedule(bell(`${n}`), start + n * 1000);
  expect(clock.pending).toBe(1);
  wheel.stop();
  expect(clock.pending).toBe(0);
  clock.advance(200_000);
  expect(rung).toEqual([]);
});
