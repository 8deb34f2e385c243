import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { ClockOffset } from './clock-offset.js';

test('the quickest exchange counts, and says how wrong it may be', () => {
  const clock = new ClockOffset();
  expect([clock.count, clock.offset, clock.uncertainty]).toEqual([0, 0, Number.POSITIVE_INFINITY]);
  clock.add(100, 5_108, 110);
  expect([clock.offset, clock.uncertainty]).toEqual([5_003, 5]);
  clock.add(200, 5_201, 202);
  expect([clock.offset, clock.uncertainty]).toEqual([5_000, 1]);
  clock.add(300, 5_390, 400);
  expect([clock.count, clock.offset, clock.uncertainty]).toEqual([3, 5_000, 1]);
});

test('however the ways there and back differ, the truth is within the uncertainty', () => {
  const random = new SeededRandom(7);
  for (let run = 0; run < 50; run++) {
    const truth = (random.number() - 0.5) * 1e6;
    const clock = new ClockOffset();
    for (let n = 0; n < 20; n++) {
      const sent = n * 10;
      const [there, back] = [random.number() * 30, random.number() * 30];
      clock.add(sent, sent + there + truth, sent + there + back);
    }
    expect(Math.abs(clock.offset - truth)).toBeLessThanOrEqual(clock.uncertainty);
  }
});

test('what is long ago is forgotten: clocks run apart', () => {
  const clock = new ClockOffset();
  clock.add(0, 1_000, 0.1);
  for (let n = 1; n <= 20; n++) clock.add(n, n + 1_005, n + 1);
  expect(clock.offset).toBeCloseTo(1_004.5, 6);
});
