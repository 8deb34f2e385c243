import { expect, test } from 'vitest';
import { titleWithoutCount, withCount } from './title-badge.js';

test('a title is found again under its count, and a new one is left as it is', () => {
  expect(withCount('Café', '3')).toBe('(3) Café');
  expect(titleWithoutCount('(3) Café', 'Café')).toBe('Café');
  expect(titleWithoutCount('(99+) Café', 'Café')).toBe('Café');
  expect(titleWithoutCount('Menu', 'Café')).toBe('Menu');
  expect(titleWithoutCount('The old Café', 'Café')).toBe('The old Café');
});

test("a page's own number in brackets stays", () => {
  expect(titleWithoutCount('(7) Samurai', null)).toBe('(7) Samurai');
  expect(titleWithoutCount('(2) (7) Samurai', '(7) Samurai')).toBe('(7) Samurai');
  expect(titleWithoutCount('(7) Samurai', '(7) Samurai')).toBe('(7) Samurai');
});

test('an untitled page is untitled again', () => {
  expect(titleWithoutCount(withCount('', '1'), '')).toBe('');
});
