import { expect, test } from 'vitest';
import {
  decodeFast,
  decodeFastToken,
  decodeRequestToken,
  encodeFast,
  encodeFastFeature,
  encodeFastToken,
  encodeRequestToken,
} from './fast.js';
import { NS } from './ns.js';
import { decodeFastFeature } from './sign-in-features.js';
import { el } from './xml/element.js';

test('an attempt is read as it was written', () => {
  for (const attempt of [
    { count: 1, invalidate: false },
    { count: 0x7fffffff, invalidate: true },
    { count: undefined, invalidate: false },
  ]) {
    expect(decodeFast([encodeFast(attempt)])).toEqual(attempt);
  }
  expect(decodeFast([])).toBeUndefined();
});

test.each(['0', '-1', '2147483648', 'x', '', '1.5'])('a count of %j is malformed', (count) => {
  expect(decodeFast([el('fast', NS.fast, { count })])).toEqual({ malformed: true });
});

test('tokens are asked for and come with their expiry', () => {
  expect(decodeRequestToken([encodeRequestToken('HT-SHA-256-NONE')])).toBe('HT-SHA-256-NONE');
  expect(decodeRequestToken([])).toBeUndefined();
  const token = { token: 't', expiresAt: Date.UTC(2026, 0, 2) };
  expect(decodeFastToken([encodeFastToken(token)])).toEqual(token);
  expect(decodeFastToken([el('token', NS.fast, { token: 't', expiry: 'soon' })])).toBeUndefined();
});

test('the feature lists its mechanisms', () => {
  expect(decodeFastFeature([encodeFastFeature(['A', 'B'])])).toEqual(['A', 'B']);
  expect(decodeFastFeature([])).toBeUndefined();
});
