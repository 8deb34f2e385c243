import { describe, expect, test } from 'vitest';
import { type Plan, partnerOf, planPairs, planRooms } from './plan.js';

const numbers = (plan: Plan): readonly number[] => Array.from({ length: plan.count }, (_, number) => number);

function holdsTogether(plan: Plan): void {
  const before = new Map<string, number>();
  for (const number of numbers(plan)) {
    const [channel, sequence, sender] = [plan.channel(number), plan.sequence(number), plan.sender(number)];
    expect(plan.number(channel, sequence)).toBe(number);
    if (number > 0) expect(plan.due(number)).toBeGreaterThanOrEqual(plan.due(number - 1));
    const last = before.get(`${channel} ${sender}`);
    if (last !== undefined) expect(sequence - last).toBe(plan.step(channel));
    before.set(`${channel} ${sender}`, sequence);
  }
}

describe('rooms', () => {
  test('at their rate, from members only, the last room being smaller', () => {
    const plan = planRooms({ users: 57, size: 25, rate: 2, seconds: 30 });
    holdsTogether(plan);
    expect([plan.rooms, plan.count]).toEqual([3, 180]);
    for (const number of numbers(plan)) {
      expect(plan.roomOf(plan.sender(number))).toBe(plan.channel(number));
      expect(plan.sender(number)).toBeLessThan(57);
    }
    expect(plan.due(plan.count)).toBeCloseTo(30_000, 6);
  });

  test('a few who write', () => {
    const plan = planRooms({ users: 50, size: 25, rate: 1, seconds: 10, senders: 2 });
    holdsTogether(plan);
    expect(new Set(numbers(plan).map(plan.sender))).toEqual(new Set([0, 1, 25, 26]));
  });
});

test('pairs: everybody writes to the other one', () => {
  const plan = planPairs({ users: 10, rate: 5, seconds: 7 });
  holdsTogether(plan);
  expect(plan.count).toBe(40);
  for (const number of numbers(plan)) expect(plan.channel(number)).toBe(partnerOf(plan.sender(number)));
});
