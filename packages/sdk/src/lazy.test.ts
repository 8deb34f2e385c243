import { expect, test } from 'vitest';
import { Lazy } from './lazy.js';

test('is loaded once, however many ask', async () => {
  let loads = 0;
  const lazy = new Lazy(async () => ++loads);
  expect(lazy.value).toBeUndefined();
  expect(await Promise.all([lazy.load(), lazy.load()])).toEqual([1, 1]);
  expect([await lazy.load(), lazy.value, loads]).toEqual([1, 1, 1]);
});

test('what could not be loaded is asked for again', async () => {
  let down = true;
  const lazy = new Lazy(async () => {
    if (down) throw new TypeError('not loaded');
    return 'here';
  });
  await expect(lazy.load()).rejects.toThrow('not loaded');
  expect(lazy.value).toBeUndefined();
  down = false;
  expect([await lazy.load(), lazy.value]).toEqual(['here', 'here']);
});
