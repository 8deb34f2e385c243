import { expect, test } from 'vitest';
import { valuesOf } from '../../scenario.js';
import { scenarioOf } from '../../scenarios/index.js';
import { quickened } from '../row.js';
import { ROWS } from './index.js';

test('rows have names of their own, and so have the variants of a row', () => {
  const names = ROWS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { variants } of ROWS) {
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
  }
});

test.each(ROWS.flatMap((row) => [row, quickened(row)]).map((row) => [row.name, row] as const))(
  '%s can be played: scenarios and options that there are',
  (_, row) => {
    for (const { scenario, users, values } of row.variants) {
      expect(() => valuesOf(scenarioOf(scenario), values)).not.toThrow();
      expect(users).toBeGreaterThanOrEqual(2);
    }
  },
);

test.each(ROWS.map((row) => [row.name, row] as const))('%s: bars are of its own variants', (_, row) => {
  const names = row.variants.map(({ name }) => name);
  expect(row.bars.length).toBeGreaterThan(0);
  for (const bar of row.bars) expect(names).toEqual(expect.arrayContaining([...bar.of]));
});
