import { expect, test } from 'vitest';
import { MAX_DELAY, MIN_DELAY, nextDelay } from './reconnect-policy.js';

test.each([
  [0, 1_000],
  [1, 2_000],
  [3, 8_000],
  [5, 25_000],
  [1_000, MAX_DELAY],
])('after %i failures the whole span up to %i ms is used', (failures, most) => {
  expect(nextDelay(failures, { number: () => 0 })).toBe(MIN_DELAY);
  expect(nextDelay(failures, { number: () => 1 })).toBe(most);
});
