import { expect, test } from 'vitest';
import { median, quantile, spread } from './statistics.mjs';

test('quantiles lie between neighbours, whatever the order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect([0, 0.25, 1].map((share) => quantile([10, 20, 30, 40, 50], share))).toEqual([10, 20, 50]);
  expect(quantile([7], 0.9)).toBe(7);
  expect(() => median([])).toThrow('no values');
});

test('the spread is how far a typical value is from the median, and one wild value does not matter', () => {
  expect(spread([90, 95, 100, 105, 110])).toBeCloseTo(0.05);
  expect(spread([90, 95, 100, 105, 99_999])).toBeCloseTo(0.05);
});
