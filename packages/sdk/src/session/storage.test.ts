import { expect, test } from 'vitest';
import type { StorageLike } from '../platform.js';
import { MAX_STORED, SafeStorage } from './storage.js';
import { blockedStorage, memoryStorage } from './testing/fake-platform.js';

const throwing = (): StorageLike => {
  throw new DOMException('denied', 'SecurityError');
};

test.each([
  ['the storage throws', () => blockedStorage()],
  ['the look at it throws', throwing],
])('when %s, this page remembers', (_, open) => {
  const storage = new SafeStorage(open);
  expect(storage.set('a', '1')).toBe(false);
  expect(storage.get('a')).toBe('1');
  storage.remove('a');
  expect(storage.get('a')).toBeUndefined();
});

test('a value at the bound is stored, one past it only remembered, and an older one does not stay', () => {
  const store = memoryStorage();
  const storage = new SafeStorage(() => store);
  expect(storage.set('a', 'x'.repeat(MAX_STORED))).toBe(true);
  expect(storage.set('a', 'x'.repeat(MAX_STORED + 1))).toBe(false);
  expect(store.getItem('a')).toBeNull();
  expect(storage.get('a')).toHaveLength(MAX_STORED + 1);
});

test('what is not JSON is nothing', () => {
  const storage = new SafeStorage(() => memoryStorage([['a', '{']]));
  expect([storage.getJson('a'), storage.getJson('b')]).toEqual([undefined, undefined]);
});
