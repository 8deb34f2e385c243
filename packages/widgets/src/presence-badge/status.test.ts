import { expect, test } from 'vitest';
import { readStatus, STATES, statusUrl } from './status.js';

test('reads each state, with the time where there is one', () => {
  for (const state of STATES) expect(readStatus({ status: state })).toEqual({ state });
  expect(readStatus({ status: 'away', since: 5 })).toEqual({ state: 'away', since: 5 });
  expect(readStatus({ status: 'away', since: 'noon' })).toEqual({ state: 'away' });
});

test('a state of a later version is unknown; what is no status is nothing', () => {
  expect(readStatus({ status: 'dancing' })).toEqual({ state: 'unknown' });
  for (const odd of [null, undefined, 'online', 7, [], {}, { status: 1 }, { state: 'online' }]) {
    expect(readStatus(odd)).toBeUndefined();
  }
});

test('only an id becomes an address', () => {
  expect(statusUrl('https://a', 'k7Qw_-9')).toBe('https://a/status/k7Qw_-9.json');
  expect(statusUrl('https://a', 'x'.repeat(128))).toBeDefined();
  for (const odd of ['', 'x'.repeat(129), 'mira@a.example', '../api', 'a/b', 'a?b', 'a.b']) {
    expect(statusUrl('https://a', odd), odd).toBeUndefined();
  }
});
