import { expect, test } from 'vitest';
import { MAX_UNREAD, titleWithoutCount, unreadText, withCount, withUnread } from './unread.js';

test('a message that several tabs hear of counts once', () => {
  const one = withUnread([], 'a');
  expect(withUnread(one, 'b')).toEqual(['a', 'b']);
  expect(withUnread(one, 'a')).toBe(one);
});

test('the count ends at the bound and says so', () => {
  let keys: readonly string[] = [];
  for (let i = 0; i < MAX_UNREAD - 1; i++) keys = withUnread(keys, `m${i}`);
  expect(unreadText(keys.length)).toBe('99');
  keys = withUnread(keys, 'at the bound');
  expect(unreadText(keys.length)).toBe('99+');
  expect(withUnread(keys, 'one past it')).toBe(keys);
});

test('a title is found again under its count, and a new one is left as it is', () => {
  expect(withCount('Café', 3)).toBe('(3) Café');
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
  expect(titleWithoutCount(withCount('', 1), '')).toBe('');
});
