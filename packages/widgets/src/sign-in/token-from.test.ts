import { expect, test } from 'vitest';
import { tokenFrom } from './token-from.js';

const place = { tokenFrom: '/token', tokenNonce: 'old', tokenNonceFrom: '/nonce' };

/** A site that gives its answers in turn. */
function site(...answers: readonly (readonly [status: number, text: string])[]) {
  const asked: unknown[] = [];
  const queue = [...answers];
  const ask = async (url: string, { method, headers }: { method: string; headers: object }) => {
    asked.push([method, url, ...Object.values(headers)]);
    const [status, text] = queue.shift() ?? expect.unreachable();
    return { status, text };
  };
  return { asked, ask };
}

const stale = [403, '{"code":"rest_cookie_invalid_nonce"}'] as const;

test('a nonce that is too old is renewed once', async () => {
  const { ask, asked } = site(stale, [200, ' fresh\n'], [200, '{"token":"a.b.c"}']);
  expect(await tokenFrom(ask, place)).toEqual({ kind: 'token', token: 'a.b.c' });
  expect(asked).toEqual([
    ['POST', '/token', 'application/json', 'old'],
    ['GET', '/nonce'],
    ['POST', '/token', 'application/json', 'fresh'],
  ]);
  expect(await tokenFrom(site(stale, [200, 'fresh'], stale).ask, place)).toMatchObject({ kind: 'out' });
});

test('where there is none to be had nobody is signed in', async () => {
  expect(await tokenFrom(site(stale, [400, '0']).ask, place)).toEqual({ kind: 'out' });
  expect(await tokenFrom(site(stale, [200, '<html>']).ask, place)).toEqual({ kind: 'out' });
});

test('any other refusal is final', async () => {
  const { ask, asked } = site([403, '{"code":"meerkat_no_chat"}']);
  expect(await tokenFrom(ask, place)).toMatchObject({ kind: 'out' });
  expect(await tokenFrom(site(stale).ask, { tokenFrom: '/token' })).toMatchObject({ kind: 'out' });
  expect(asked).toHaveLength(1);
});

test('a site that cannot be reached is down', async () => {
  const ask = () => Promise.reject(new TypeError('Failed to fetch'));
  expect(await tokenFrom(ask, place)).toEqual({ kind: 'down', why: 'Failed to fetch' });
});
