import { expect, test } from 'vitest';
import { NEAR, nextScroll, PINNED, type ScrollState } from './scroll.js';

const reading: ScrollState = { mode: 'reading', unseen: 3, mentions: 1 };
const scrolled = (gap: number, up = true, atNewest = true) =>
  ({ type: 'scrolled', gap, up, atNewest }) as const;

test('going up past the near zone means reading; content that grows does not', () => {
  expect(nextScroll(PINNED, scrolled(NEAR))).toBe(PINNED);
  expect(nextScroll(PINNED, scrolled(NEAR + 1))).toEqual({ mode: 'reading', unseen: 0, mentions: 0 });
  expect(nextScroll(PINNED, scrolled(500, false))).toBe(PINNED);
});

test('coming back to the end pins again, unless newer messages have no row yet', () => {
  expect(nextScroll(reading, scrolled(NEAR, false))).toBe(PINNED);
  expect(nextScroll(reading, scrolled(0, false, false))).toBe(reading);
});

test('counts what came while reading, and nothing while pinned', () => {
  expect(nextScroll(reading, { type: 'arrived', count: 20, mentions: 2 })).toEqual({
    mode: 'reading',
    unseen: 23,
    mentions: 3,
  });
  expect(nextScroll(PINNED, { type: 'arrived', count: 20, mentions: 2 })).toBe(PINNED);
});

test('a row held by keyboard stops the list, and the newest lets it go on', () => {
  expect(nextScroll(PINNED, { type: 'held' })).toEqual({ mode: 'reading', unseen: 0, mentions: 0 });
  expect(nextScroll(reading, { type: 'held' })).toBe(reading);
  expect(nextScroll(reading, { type: 'to-newest' })).toBe(PINNED);
});
