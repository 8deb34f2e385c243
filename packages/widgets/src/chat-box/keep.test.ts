import { expect, test } from 'vitest';
import { Keep } from './keep.js';

/** A window with a storage of at most `room` keys. */
function tab(stored = new Map<string, string>(), room = 10) {
  const events = new EventTarget();
  return Object.assign(events, {
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      removeItem: (key: string) => void stored.delete(key),
      setItem: (key: string, value: string) => {
        if (stored.size >= room) throw new DOMException('full', 'QuotaExceededError');
        stored.set(key, value);
      },
    },
    tell: (key: string | null, newValue: string | null) =>
      events.dispatchEvent(Object.assign(new Event('storage'), { key, newValue })),
  });
}

test('the next page reads what this one wrote, until it is forgotten', () => {
  const stored = new Map<string, string>();
  new Keep(tab(stored)).write('a', '1');
  const next = new Keep(tab(stored));
  expect(next.read('a')).toBe('1');
  next.write('a', undefined);
  expect(next.read('a')).toBeUndefined();
  expect(stored.size).toBe(0);
});

test('where storage itself throws, it is kept as long as the page, and nothing throws', () => {
  const blocked = Object.defineProperty(new EventTarget(), 'localStorage', {
    get: () => {
      throw new DOMException('sandboxed', 'SecurityError');
    },
  }) as ReturnType<typeof tab>;
  const keep = new Keep(blocked);
  expect(keep.read('a')).toBeUndefined();
  keep.write('a', '1');
  expect(keep.read('a')).toBe('1');
  keep.write('a', undefined);
  expect(keep.read('a')).toBeUndefined();
});

test('a full storage keeps the newest here, rather than showing the old one', () => {
  const stored = new Map([['a', 'old']]);
  const keep = new Keep(tab(stored, 1));
  keep.write('a', 'new');
  expect(keep.read('a')).toBe('new');
});

test('another tab is right when it wrote last, and is no longer heard once undone', () => {
  const here = tab();
  const keep = new Keep(here);
  const heard: unknown[] = [];
  const off = keep.watch((key, value) => heard.push([key, value]));
  here.tell('a', '2');
  here.tell('a', null);
  here.tell(null, null);
  off();
  here.tell('a', '3');
  expect(heard).toEqual([
    ['a', '2'],
    ['a', undefined],
    ['all', undefined],
  ]);
});
