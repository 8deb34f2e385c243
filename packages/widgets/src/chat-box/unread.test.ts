import { expect, test } from 'vitest';
import { MAX_UNREAD, unreadText, withUnread } from './unread.js';

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
