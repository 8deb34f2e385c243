import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Cookies } from './cookies.js';

test('cookies are read by name, the first of one name first', () => {
  const cookies = new Cookies('a=1; session=abc%7C; b = "q q" ;session=second; c=x=y; =nameless; lonely');
  expect(cookies.values('session')).toEqual(['abc%7C', 'second']);
  expect(cookies.values('b')).toEqual(['q q']);
  expect(cookies.values('c')).toEqual(['x=y']);
  expect(cookies.values('lonely')).toEqual([]);
  expect(cookies.entries().map(([name]) => name)).toEqual(['a', 'session', 'b', 'session', 'c']);
  expect(new Cookies('').entries()).toEqual([]);
});

test('cookies are told to no log', () => {
  const peer = { address: '::1', cookies: new Cookies('session=secret') };
  expect(JSON.stringify(peer)).not.toContain('secret');
  expect(inspect(peer, { depth: 9, showHidden: true })).not.toContain('secret');
});
