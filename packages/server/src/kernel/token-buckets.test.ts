import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.js';

const take = (buckets: TokenBuckets<string>, key: string, times: number) =>
  Array.from({ length: times }, () => buckets.take(key)).filter(Boolean).length;

describe('token buckets', () => {
  test('allow the burst and not one more, then the rate', () => {
    const clock = new FakeClock();
    const buckets = new TokenBuckets<string>(clock, { perSecond: 2, burst: 5 });
    expect(take(buckets, 'a', 6)).toBe(5);
    clock.advance(499);
    expect(buckets.take('a')).toBe(false);
    clock.advance(1);
    expect(take(buckets, 'a', 2)).toBe(1);
    clock.advance(60_000);
    expect(take(buckets, 'a', 10)).toBe(5);
  });

  test('keep keys apart', () => {
    const buckets = new TokenBuckets<string>(new FakeClock(), { perSecond: 1, burst: 1 });
    expect([buckets.take('a'), buckets.take('b'), buckets.take('a')]).toEqual([true, true, false]);
  });

  test('forget quiet keys when swept, busy ones not', () => {
    const clock = new FakeClock();
    const buckets = new TokenBuckets<string>(clock, { perSecond: 1, burst: 2 });
    take(buckets, 'busy', 2);
    take(buckets, 'quiet', 1);
    clock.advance(1000);
    buckets.sweep();
    expect(buckets.size).toBe(1);
    expect(take(buckets, 'busy', 2)).toBe(1);
  });

  test('never hold more keys than allowed', () => {
    const buckets = new TokenBuckets<string>(new FakeClock(), { perSecond: 1, burst: 1 }, 2);
    for (const key of ['a', 'b']) buckets.take(key);
    expect(buckets.size).toBe(2);
    buckets.take('c');
    expect(buckets.size).toBe(2);
    expect(buckets.take('b')).toBe(false);
  });
});
