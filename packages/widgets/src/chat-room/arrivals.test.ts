import { mkMessage } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { arrivals } from './arrivals.js';

const list = (...keys: string[]) => keys.map((key) => mkMessage({ key }));
const keys = (messages: readonly { key: string }[]) => messages.map(({ key }) => key);

test('what is new at the end has arrived, what was loaded above has not', () => {
  expect(keys(arrivals(list('c', 'd'), list('a', 'b', 'c', 'd', 'e', 'f')))).toEqual(['e', 'f']);
  expect(arrivals(list('c'), list('a', 'b', 'c'))).toEqual([]);
});

test('all has arrived when nothing is left of what was there', () => {
  expect(keys(arrivals(list('a'), list('b', 'c')))).toEqual(['b', 'c']);
});

test('messages arrive before an own one that waits', () => {
  const mine = mkMessage({ key: 'mine', own: true, delivery: { state: 'pending' } });
  expect(keys(arrivals([...list('a'), mine], [...list('a', 'b'), mine]))).toEqual(['b']);
});

test('the same list has no arrivals', () => {
  const same = list('a');
  expect(arrivals(same, same)).toEqual([]);
});
