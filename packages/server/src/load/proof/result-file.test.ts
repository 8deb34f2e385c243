import { expect, test } from 'vitest';
import type { ProofFacts } from './format-proof.js';
import { mergeResults, readResults, writeResults } from './result-file.js';
import { idle } from './rows/costs.js';
import { bosh } from './rows/messages.js';
import type { RowResult } from './run-rows.js';

const failed = (row: RowResult['row'], day: string): RowResult => ({
  row,
  day,
  turns: [{ variant: row.variants[0]?.name ?? '', round: 1, outcome: { kind: 'failed', error: 'no luck' } }],
});

test('what was written is read again, and judged by the bars of today', () => {
  const results = [failed(idle, '2026-11-21'), failed(bosh, '2026-11-21')];
  const text = writeResults(results, { command: 'x' } as ProofFacts);
  expect(readResults(text)).toEqual(results);
  expect(JSON.parse(text)).toMatchObject({ rows: [{ judged: [{ verdict: { kind: 'failed' } }] }, {}] });
});

test('rows that there are no more are left out, and other texts are refused', () => {
  expect(readResults('{"version":1,"rows":[{"name":"gone","turns":[]}]}')).toEqual([]);
  expect(() => readResults('{"version":2,"rows":[]}')).toThrow(RangeError);
  expect(() => readResults('nothing')).toThrow(RangeError);
});

test('the newer of two, in the usual order', () => {
  const merged = mergeResults([failed(idle, 'new')], [failed(bosh, 'old'), failed(idle, 'old')]);
  expect(merged.map(({ day, row }) => [row.name, day])).toEqual([
    ['idle', 'new'],
    ['bosh', 'old'],
  ]);
});
