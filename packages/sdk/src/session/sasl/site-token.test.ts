import { fromUtf8 } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test, vi } from 'vitest';
import { bearer, external, SiteTokens } from './site-token.js';

const clock = new FakeClock();
const seconds = (ms: number): number => Math.floor((clock.now() + ms) / 1000);
const token = (claims: object): string =>
  `a.${Buffer.from(JSON.stringify({ sub: 'mira', ...claims })).toString('base64url')}.b`;

function tokens(first: string, ...next: readonly string[]) {
  const queue = [...next];
  const getToken = vi.fn(async () => queue.shift() ?? '');
  return { getToken, tokens: new SiteTokens({ kind: 'token', token: first, getToken }, clock) };
}

test('a token is used as long as it is good, and asked for once by all who need it', async () => {
  const good = token({ exp: seconds(60_000) });
  const kept = tokens(good);
  expect([await kept.tokens.current(), kept.getToken.mock.calls.length]).toEqual([good, 0]);
  const over = tokens(token({ exp: seconds(4000) }), good);
  expect(await Promise.all([over.tokens.current(), over.tokens.current()])).toEqual([good, good]);
  expect(over.getToken).toHaveBeenCalledTimes(1);
  expect(await tokens('opaque').tokens.current()).toBe('opaque');
});

test('one that was refused is replaced once', async () => {
  const kept = tokens('first', 'second', 'third');
  expect(kept.tokens.refused()).toBe(true);
  expect(await kept.tokens.current()).toBe('second');
  expect(kept.tokens.refused()).toBe(false);
  // Whoever tries again begins anew.
  expect(kept.tokens.refused()).toBe(true);
  expect(await kept.tokens.current()).toBe('third');
  kept.tokens.accepted();
  expect(kept.tokens.refused()).toBe(true);
  expect(new SiteTokens({ kind: 'token', token: 'only' }, clock).refused()).toBe(false);
});

test('what is no token is none', async () => {
  await expect(tokens('first').tokens.fresh()).rejects.toThrow('no token');
  const getToken = async () => ({ token: 'x' }) as unknown as string;
  const wrong = new SiteTokens({ kind: 'token', token: 'first', getToken }, clock);
  await expect(wrong.fresh()).rejects.toThrow('no token');
  await expect(wrong.fresh()).rejects.toThrow('no token');
});

test('it is renewed after four fifths of its life', () => {
  const now = clock.now();
  const iat = seconds(-100_000);
  expect(tokens(token({ iat, exp: seconds(0) })).tokens.renewAt).toBe(seconds(-20_000) * 1000);
  expect(tokens(token({ iat, exp: seconds(0), until: seconds(100_000) })).tokens.renewAt).toBe(
    seconds(60_000) * 1000,
  );
  const since = tokens(token({ exp: seconds(10_000) })).tokens.renewAt ?? 0;
  expect(since).toBeGreaterThan(now + 7000);
  expect(since).toBeLessThanOrEqual(now + 8000);
  expect(tokens('opaque').tokens.renewAt).toBeUndefined();
  expect(new SiteTokens({ kind: 'token', token: token({ exp: 9 }) }, clock).renewAt).toBeUndefined();
});

test('clocks that differ make nobody ask without end, nor too late', async () => {
  const now = clock.now();
  // The site's clock is ahead by an hour.
  const early = tokens(token({ iat: seconds(3_600_000), exp: seconds(3_700_000) }));
  expect(early.tokens.renewAt).toBe(now + 80_000);
  // It is behind by an hour: the page's own token may be old indeed, one that was just made is not.
  const old = token({ iat: seconds(-3_600_000), exp: seconds(-3_500_000) });
  const late = tokens(old, old);
  expect(late.tokens.renewAt).toBeLessThan(now);
  await late.tokens.fresh();
  expect(late.tokens.renewAt).toBe(now + 80_000);
});

test('the mechanisms say what they must', async () => {
  const mechanism = bearer({ current: async () => 'abc' });
  expect(fromUtf8(await mechanism.first())).toBe('n,,\x01auth=Bearer abc\x01\x01');
  expect(fromUtf8(await mechanism.next(new Uint8Array()))).toBe('\x01');
  expect(await external().first()).toEqual(new Uint8Array());
});
