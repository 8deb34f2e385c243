import { expect, test } from 'vitest';
import { step } from './popup-menu.js';

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 0],
  ['ArrowUp', 0, 2],
  ['ArrowUp', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['a', 0, undefined],
])('%s from item %i of three leads to %s', (key, from, to) => {
  expect(step(key, from, 3)).toBe(to);
});
