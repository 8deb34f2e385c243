import { expect, test } from 'vitest';
import { generatorLimits } from './generator-limits.js';

test('a generator is no witness when it was busier or later than it may be', () => {
  expect(generatorLimits(0.9, 50)).toEqual([]);
  expect(generatorLimits(0.91, 50)).toEqual(['a generator process took 91 % of a core: use more processes']);
  expect(generatorLimits(0.9, 51)).toEqual(['a generator process was late by 51 ms (p99)']);
  expect(generatorLimits(1, 100)).toHaveLength(2);
  expect([generatorLimits(0.5, 500, 500), generatorLimits(0.5, 501, 500)]).toEqual([[], expect.any(Array)]);
  expect(generatorLimits(0.5, 501, 500)).toHaveLength(1);
});
