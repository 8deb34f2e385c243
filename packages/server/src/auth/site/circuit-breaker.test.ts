import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.js';

test('after so many failures nothing is asked, then one finds out', () => {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker(clock, { failures: 3, pause: 1000 });
  breaker.failed();
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  breaker.failed();
  expect(breaker.allows()).toBe(true);
  breaker.failed();
  expect(breaker.allows()).toBe(false);
  clock.advance(999);
  expect(breaker.allows()).toBe(false);
  clock.advance(1);
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
  breaker.failed();
  clock.advance(999);
  expect(breaker.allows()).toBe(false);
  clock.advance(1);
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true]);
});
