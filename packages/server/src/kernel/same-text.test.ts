import { expect, test } from 'vitest';
import { sameText } from './same-text.js';

test('texts are the same, or not, whatever their lengths', () => {
  expect(sameText('', '')).toBe(true);
  expect(sameText('abc', 'abc')).toBe(true);
  expect(sameText('żó', 'żó')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abC', 'abc\0']) expect(sameText('abc', other)).toBe(false);
});
