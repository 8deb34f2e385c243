import { expect, test } from 'vitest';
import { bestRate, nextRate, type TriedRate } from './rate-search.js';

/** Searches on a server that keeps up with so much. */
function search(limit: number, first: number): readonly TriedRate[] {
  const tried: TriedRate[] = [];
  for (let rate: number | undefined = first; rate !== undefined; rate = nextRate(first, tried)) {
    tried.push({ rate, kept: rate <= limit });
    expect(tried.length).toBeLessThan(30);
  }
  return tried;
}

test('the highest rate is found to within 7 %, from below and from above', () => {
  for (const [limit, first] of [
    [30, 18],
    [10, 6],
    [18, 18],
    [5, 40],
    [1000, 10],
  ] as const) {
    const best = bestRate(search(limit, first)) ?? 0;
    expect(best).toBeLessThanOrEqual(limit);
    expect(best).toBeGreaterThan(limit / 1.08);
  }
});

test('it begins with the first rate, and takes few steps where that is well chosen', () => {
  expect(nextRate(18, [])).toBe(18);
  expect(search(30, 18).length).toBeLessThanOrEqual(6);
});

test('no rate that was missed is tried again, nor any above it', () => {
  const tried = search(30, 18);
  for (const [place, { kept, rate }] of tried.entries()) {
    if (!kept) expect(tried.slice(place + 1).every((later) => later.rate < rate)).toBe(true);
  }
});

test('where nothing was kept there is no best rate', () => {
  expect(bestRate([{ rate: 4, kept: false }])).toBeUndefined();
});
