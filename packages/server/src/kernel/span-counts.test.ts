import { expect, test } from 'vitest';
import { SpanCounts } from './span-counts.js';

test('a span belongs to the first bound that it does not pass', () => {
  const spans = new SpanCounts([1, 10, 100]);
  for (const span of [0, 1, 1.001, 10, 99, 100, 100.5, 5000]) spans.add(span);
  expect(spans.upTo()).toEqual([2, 4, 6]);
  expect(spans.count).toBe(8);
  expect(spans.sum).toBeCloseTo(5311.501, 6);
});

test('nothing at first', () => {
  const spans = new SpanCounts([1]);
  expect([spans.upTo(), spans.count, spans.sum]).toEqual([[0], 0, 0]);
});
