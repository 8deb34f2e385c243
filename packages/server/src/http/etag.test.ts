import { expect, test } from 'vitest';
import { matches } from './etag.js';

test.each([
  [undefined, false],
  ['', false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b"', false],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ['*', true],
  ['a', false],
])('a client that has %j has "a": %s', (header, has) => {
  expect(matches(header, '"a"')).toBe(has);
});
