import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { Attempts } from './attempts.js';

let clock: FakeClock;
let attempts: Attempts;
beforeEach(() => {
  clock = new FakeClock();
  attempts = new Attempts(clock, { perAddress: 3, perAccount: 5, window: 1000, remembered: 10 });
});

test('an address is blocked at its bound, for any account', () => {
  expect(attempts.failed('192.0.2.1', 'a')).toBe(true);
  expect(attempts.failed('192.0.2.1', 'b')).toBe(true);
  expect(attempts.blocked('192.0.2.1', 'c')).toBe(false);
  expect(attempts.failed('192.0.2.1', undefined)).toBe(false);
  expect(attempts.blocked('192.0.2.1', 'c')).toBe(true);
  expect(attempts.blocked('192.0.2.2', 'c')).toBe(false);
});

test('an account is blocked at its bound, from any address', () => {
  for (let n = 1; n <= 4; n++) expect(attempts.failed(`192.0.2.${n}`, 'romeo')).toBe(true);
  expect(attempts.blocked('192.0.2.9', 'romeo')).toBe(false);
  expect(attempts.failed('192.0.2.5', 'romeo')).toBe(false);
  expect(attempts.blocked('192.0.2.9', 'romeo')).toBe(true);
  expect(attempts.blocked('192.0.2.9', 'juliet')).toBe(false);
});

test('an account that is guessed at from elsewhere is open where it has signed in before', () => {
  attempts.succeeded('192.0.2.9', 'romeo');
  for (let n = 1; n <= 5; n++) attempts.failed(`192.0.2.${n}`, 'romeo');
  expect(attempts.blocked('192.0.2.9', 'romeo')).toBe(false);
  expect(attempts.blocked('192.0.2.8', 'romeo')).toBe(true);
  // Guessing goes no further there than from any one address.
  for (let n = 0; n < 3; n++) attempts.failed('192.0.2.9', 'romeo');
  expect(attempts.blocked('192.0.2.9', 'romeo')).toBe(true);
});

test('where an account has signed in is forgotten in time, and beyond a bound the oldest', () => {
  attempts = new Attempts(clock, { perAddress: 3, perAccount: 5, window: 1e12, remembered: 10 });
  for (let n = 1; n <= 11; n++) attempts.succeeded(`198.51.100.${n}`, 'romeo');
  expect(attempts.known).toBe(10);
  for (let n = 1; n <= 5; n++) attempts.failed(`192.0.2.${n}`, 'romeo');
  const blocked = (n: number) => attempts.blocked(`198.51.100.${n}`, 'romeo');
  expect([blocked(1), blocked(2), blocked(11)]).toEqual([true, false, false]);
  clock.advance(30 * 86_400_000);
  expect(blocked(11)).toBe(true);
});

test('neighbours in one IPv6 network count as one', () => {
  for (const host of ['1', '2', '3']) attempts.failed(`2001:db8::${host}`, undefined);
  expect(attempts.blocked('2001:db8::4', undefined)).toBe(true);
  expect(attempts.blocked('2001:db8:0:1::4', undefined)).toBe(false);
});

test('failures are forgotten when their window has passed', () => {
  for (let n = 0; n < 3; n++) attempts.failed('192.0.2.1', undefined);
  clock.advance(999);
  expect(attempts.blocked('192.0.2.1', undefined)).toBe(true);
  clock.advance(1);
  expect(attempts.blocked('192.0.2.1', undefined)).toBe(false);
  expect(attempts.failed('192.0.2.1', undefined)).toBe(true);
});

test('no more are remembered than allowed: the oldest go first', () => {
  for (let n = 0; n < 3; n++) attempts.failed('192.0.2.1', undefined);
  for (let n = 2; n <= 10; n++) attempts.failed(`192.0.2.${n}`, undefined);
  expect(attempts.size).toBe(10);
  expect(attempts.blocked('192.0.2.1', undefined)).toBe(true);
  attempts.failed('192.0.2.11', undefined);
  expect(attempts.size).toBe(10);
  expect(attempts.blocked('192.0.2.1', undefined)).toBe(false);
});

test('what has expired makes room', () => {
  for (let n = 1; n <= 10; n++) attempts.failed(`192.0.2.${n}`, undefined);
  clock.advance(1000);
  attempts.failed('192.0.2.99', undefined);
  expect(attempts.size).toBe(1);
});
