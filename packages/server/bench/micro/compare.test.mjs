import { expect, test } from 'vitest';
import { compare } from './compare.mjs';

test('CPU: up to the tolerance is allowed, and no more', () => {
  expect(compare('parse', { ratio: 2.59 }, { ratio: 2 })).toEqual([]);
  expect(compare('parse', { ratio: 2.62 }, { ratio: 2 })).toEqual([
    'parse: takes 31 % more CPU than recorded, beside its reference',
  ]);
  expect(compare('parse', { ratio: 2.21 }, { ratio: 2, tolerance: 0.1 })).toHaveLength(1);
});

test('memory: a fifth and a few bytes more are allowed', () => {
  const recorded = { ratio: 1, bytes: 100 };
  expect(compare('parse', { ratio: 1, bytes: 184 }, recorded)).toEqual([]);
  expect(compare('parse', { ratio: 1, bytes: 185 }, recorded)).toEqual([
    'parse: allocates 185 bytes, recorded are 100',
  ]);
  expect(compare('parse', { ratio: 1, bytes: 185 }, { ratio: 1 })).toEqual([]);
  expect(compare('parse', { ratio: 1 }, recorded)).toEqual([]);
});

test('what was never recorded is told', () => {
  expect(compare('parse', { ratio: 1 }, undefined)).toHaveLength(1);
});
