import { expect, test } from 'vitest';
import { failuresOfPlaywright, tellFailures } from './failures.mjs';

const spec = (title, status, message) => ({
  title,
  tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
});

test('failed tests of a report are told with their files, titles and first messages', () => {
  const failures = failuresOfPlaywright({
    errors: [{ message: 'no config' }],
    suites: [
      {
        title: 'a.spec.ts',
        specs: [spec('passes', 'expected'), spec('fails', 'unexpected', '\u001b[31mno row\u001b[39m')],
        suites: [{ title: 'in a group', specs: [spec('fails too', 'unexpected')] }],
      },
    ],
  });
  expect(tellFailures(failures.map((one) => ({ ...one, stage: 'e2e' })))).toEqual([
    'failed in e2e: outside any test',
    '  no config',
    'failed in e2e: a.spec.ts › in a group › fails too',
    'failed in e2e: a.spec.ts › fails',
    '  no row',
  ]);
});

test('a run with nothing failed says nothing; twenty are told, and how many more', () => {
  expect(tellFailures([])).toEqual([]);
  const many = (count) => tellFailures(Array.from({ length: count }, () => ({ stage: 'unit', name: 'x' })));
  expect(many(20).at(-1)).toBe('failed in unit: x');
  expect(many(21).at(-1)).toBe('and 1 more');
});
