import { expect, test } from 'vitest';
import { ArchiveIds, idBeyond, lowestIdAt } from './archive-ids.js';

const NOW = Date.UTC(2026, 0, 1);

test('ids of one millisecond follow each other past the end of the sequence', () => {
  const ids = new ArchiveIds({ run: 1, last: '' });
  let last = '';
  for (let n = 0; n < 32 ** 4 + 2; n++) {
    const id = ids.next(NOW);
    if (id <= last) throw new Error(`${id} came after ${last}`);
    last = id;
  }
  expect(last > lowestIdAt(NOW + 1)).toBe(true);
});

test('ids go on above the last one of the run before, though the clock went back', () => {
  const last = new ArchiveIds({ run: 1, last: '' }).next(NOW);
  const next = new ArchiveIds({ run: 2, last }).next(NOW - 86_400_000);
  expect(next > last).toBe(true);
});

test('a run never repeats what the one before gave out and lost', () => {
  const given = new ArchiveIds({ run: 1, last: '' }).next(NOW);
  expect(new ArchiveIds({ run: 2, last: '' }).next(NOW)).not.toBe(given);
});

test('every id is at or above the lowest one of its time', () => {
  const id = new ArchiveIds().next(NOW);
  expect(id >= lowestIdAt(NOW)).toBe(true);
  expect(id < lowestIdAt(NOW + 1)).toBe(true);
});

test('a reserved span ends above its last id, and ids go on above its end', () => {
  const first = new ArchiveIds({ run: 32 ** 4 - 1, last: '' });
  const id = first.next(NOW);
  const end = idBeyond(id, 1000);
  const last = first.next(NOW + 1000);
  expect(last < end).toBe(true);
  expect(first.next(NOW + 1001) > end).toBe(true);
  expect(new ArchiveIds({ run: 0, last: end }).next(NOW) > end).toBe(true);
});
