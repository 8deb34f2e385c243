import { describe, expect, test } from 'vitest';
import { Histogram } from './histogram.js';

describe('a histogram', () => {
  test('knows percentiles to within 2 %', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 1000; value++) histogram.record(value);
    for (const [share, value] of [
      [0.5, 500],
      [0.95, 950],
      [0.99, 990],
    ] as const) {
      expect(Math.abs(histogram.percentile(share) - value) / value).toBeLessThan(0.02);
    }
    expect([histogram.max, histogram.percentile(1), histogram.total]).toEqual([1000, 1000, 1000]);
    expect(histogram.spans().mean).toBe(500.5);
  });

  test('takes nothing, zero and huge values', () => {
    const histogram = new Histogram();
    expect(histogram.percentile(0.99)).toBe(0);
    expect(histogram.spans()).toMatchObject({ count: 0, mean: 0, p99: 0, curve: [] });
    histogram.record(0);
    histogram.record(-5);
    expect(histogram.percentile(0.99)).toBe(0);
    histogram.record(1e9);
    expect(histogram.max).toBe(1e9);
  });

  test('merged out of parts is as one that saw all', () => {
    const [whole, left, right, merged] = [1, 2, 3, 4].map(() => new Histogram());
    for (let value = 1; value <= 500; value++) {
      whole?.record(value * 1.7);
      (value % 3 === 0 ? left : right)?.record(value * 1.7);
    }
    for (const part of [left, right]) if (part) merged?.add(JSON.parse(JSON.stringify(part.data())));
    const { mean, ...rest } = whole?.spans() ?? { mean: 0 };
    expect(merged?.spans()).toMatchObject(rest);
    expect(merged?.spans().mean).toBeCloseTo(mean, 6);
    merged?.clear();
    expect(merged?.spans().count).toBe(0);
  });
});
