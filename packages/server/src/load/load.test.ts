import { describe, expect, test } from 'vitest';
import { Histogram } from './histogram.js';
import { formatReport } from './report.js';
import { Tally } from './tally.js';

describe('histogram', () => {
  test('percentiles are right to within 2 %', () => {
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
  });

  test('nothing, zero and huge values', () => {
    const histogram = new Histogram();
    expect(histogram.percentile(0.99)).toBe(0);
    histogram.record(0);
    histogram.record(-5);
    expect(histogram.percentile(0.99)).toBe(0);
    histogram.record(1e9);
    expect(histogram.max).toBe(1e9);
  });
});

describe('tally', () => {
  const started = (): Tally => {
    const tally = new Tally(2, 2, 4);
    for (let message = 0; message < 4; message++) tally.sent(message, message * 100);
    return tally;
  };

  test('everything once and in order', () => {
    const tally = started();
    for (const recipient of [0, 1]) {
      for (let message = 0; message < 4; message++) tally.received(recipient, message, message * 100 + 5);
    }
    expect(tally.complete).toBe(true);
    expect(tally.result()).toMatchObject({ expected: 8, delivered: 8, lost: 0, doubled: 0, outOfOrder: 0 });
    expect(tally.result().latency.max).toBe(5);
  });

  test('lost, doubled and out of order are told apart', () => {
    const tally = started();
    // Sender 0 sent 0 and 2, sender 1 sent 1 and 3: 1 before 0 is no disorder, 2 before 0 is.
    tally.received(0, 1, 500);
    tally.received(0, 2, 500);
    tally.received(0, 0, 500);
    tally.received(0, 0, 500);
    tally.received(1, 99, 500);
    expect(tally.complete).toBe(false);
    expect(tally.result()).toMatchObject({ delivered: 3, lost: 5, doubled: 1, outOfOrder: 1 });
  });
});

test('a report says when the generator was the limit, and what was not measured', () => {
  const report = {
    ...new Tally(1, 1, 1).result(),
    users: 1,
    rate: 10,
    seconds: 1,
    joinSeconds: 0.5,
    serverCpu: undefined,
    serverResidentBytes: undefined,
    generatorCpu: 0.97,
    failures: 0,
  };
  expect(formatReport(report)).toContain('97 %: the generator was the limit');
  expect(formatReport(report)).toContain('not measured');
});
