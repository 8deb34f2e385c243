import { expect, test } from 'vitest';
import { oneOf } from './owner/read-kept.js';
import { fits, type Shape } from './stored.js';

const ROW = { key: 'string', at: 'number', 'own?': 'boolean' } as const;

test.each<[unknown, Shape, boolean]>([
  ['a', 'string', true],
  [1, 'string', false],
  [0.5, 'number', true],
  [null, 'number', false],
  [true, 'boolean', true],
  [0, 'count', true],
  [Number.MAX_SAFE_INTEGER, 'count', true],
  [Number.MAX_SAFE_INTEGER + 1, 'count', false],
  [-1, 'count', false],
  [1.5, 'count', false],
  ['1', 'count', false],
  [[], ['string'], true],
  [['a', 'b'], ['string'], true],
  [['a', 1], ['string'], false],
  [{ length: 0 }, ['string'], false],
  [{ key: 'a', at: 1 }, ROW, true],
  [{ key: 'a', at: 1, own: false, more: [] }, ROW, true],
  [{ key: 'a', at: 1, own: 'yes' }, ROW, false],
  [{ at: 1 }, ROW, false],
  [null, ROW, false],
  ['key', ROW, false],
  [[{ key: 'a', at: 1 }], [ROW], true],
  [[{ key: 'a', at: 1 }, null], [ROW], false],
  ['a', oneOf('a', 'b'), true],
  ['c', oneOf('a', 'b'), false],
  [['a'], oneOf('a'), false],
])('%j fits %j: %s', (value, shape, expected) => {
  expect(fits(value, shape)).toBe(expected);
});
