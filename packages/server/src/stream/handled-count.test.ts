import { describe, expect, test } from 'vitest';
import { microtasks } from '../testing/stream-world.js';
import { HandledCount } from './handled-count.js';

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

function setUp(start?: number) {
  const told: (number | string)[] = [];
  const count: HandledCount = new HandledCount(
    {
      settled: () => told.push(count.count),
      unsettleable: (reason) => told.push(`never: ${reason}`),
    },
    start,
  );
  return { count, told };
}

test('stanzas settled at once are counted at once, and nobody is told', () => {
  const { count, told } = setUp();
  for (let n = 0; n < 3; n++) count.take(undefined);
  expect(count).toMatchObject({ count: 3, waiting: 0 });
  expect(told).toEqual([]);
});

test('a stanza that waits holds back those after it', async () => {
  const { count, told } = setUp();
  const [first, third] = [deferred(), deferred()];
  count.take(first.promise);
  count.take(undefined);
  count.take(third.promise);
  third.resolve();
  await microtasks();
  expect(count).toMatchObject({ count: 0, waiting: 3 });
  expect(told).toEqual([]);
  first.resolve();
  await microtasks();
  expect(count).toMatchObject({ count: 3, waiting: 0 });
  expect(told).toEqual([3]);
});

test('a group that settles in one go is told once', async () => {
  const { count, told } = setUp();
  const stanzas = Array.from({ length: 10 }, deferred);
  for (const { promise } of stanzas) count.take(promise);
  for (const { resolve } of stanzas) resolve();
  await microtasks();
  expect(told).toEqual([10]);
});

describe('goes round at 2^32', () => {
  test('at once', () => {
    const { count } = setUp(2 ** 32 - 3);
    for (let n = 0; n < 5; n++) count.take(undefined);
    expect(count.count).toBe(2);
  });

  test('after waiting', async () => {
    const { count, told } = setUp(2 ** 32 - 1);
    count.take(Promise.resolve());
    count.take(undefined);
    await microtasks();
    expect(told).toEqual([1]);
  });
});

test('a stanza that cannot be settled is never counted, nor those after it', async () => {
  const { count, told } = setUp();
  count.take(undefined);
  count.take(Promise.reject('disk full'));
  count.take(undefined);
  await microtasks();
  expect(count.count).toBe(1);
  expect(told).toEqual(['never: disk full']);
});
