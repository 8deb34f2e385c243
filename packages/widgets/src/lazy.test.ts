import { expect, test, vi } from 'vitest';
import { Lazy } from './lazy.js';

test('loads at the first look, once, and tells when it is there', async () => {
  const load = vi.fn(async () => 'it');
  const changed = vi.fn();
  const lazy = new Lazy(load, changed);
  expect(load).not.toHaveBeenCalled();
  expect(lazy.value).toBeUndefined();
  expect(lazy.value).toBeUndefined();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(lazy.value).toBe('it');
  lazy.retry();
  expect(load).toHaveBeenCalledOnce();
});

test('what could not be had is said so, and had at another try', async () => {
  const load = vi.fn(async () => 'it').mockRejectedValueOnce(new TypeError('no network'));
  const changed = vi.fn();
  const lazy = new Lazy(load, changed);
  expect(lazy.value).toBeUndefined();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  expect(lazy.failed).toBe(true);
  expect(lazy.value).toBeUndefined();
  expect(load).toHaveBeenCalledOnce();
  lazy.retry();
  expect(lazy.failed).toBe(false);
  await vi.waitFor(() => expect(lazy.value).toBe('it'));
});

test('whoever wants to use it is served once, when it is there, and told when it could not be had', async () => {
  const load = vi.fn(async () => 'it').mockRejectedValueOnce(new TypeError('no network'));
  const lazy = new Lazy(load, () => {});
  const used = vi.fn();
  lazy.use(used);
  lazy.use(used);
  await vi.waitFor(() => expect(used.mock.calls).toEqual([[undefined], [undefined]]));
  lazy.use(used);
  await vi.waitFor(() => expect(used).toHaveBeenLastCalledWith('it'));
  expect(used).toHaveBeenCalledTimes(3);
  lazy.use(used);
  expect(used).toHaveBeenCalledTimes(4);
  expect(load).toHaveBeenCalledTimes(2);
});
