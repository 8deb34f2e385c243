import { createHmac, randomBytes } from 'node:crypto';
import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { cookieHeaders, siteToken } from './site-token.js';

const KEY = randomBytes(32);
const SITE = { kind: 'token', prefix: 'load-', key: KEY.toString('base64') } as const;
const NOW = 1_800_000_000_500;

test('a token is one that any back end would make', async () => {
  const token = siteToken(SITE, { index: 7, domain: 'chat.example' }, 'one', NOW);
  const { payload, protectedHeader } = await jwtVerify(token, KEY, { currentDate: new Date(NOW) });
  expect(protectedHeader.alg).toBe('HS256');
  expect(payload).toEqual({
    sub: 'load-7',
    aud: 'chat.example',
    iat: 1_800_000_000,
    exp: 1_800_003_600,
    jti: 'one',
  });
  const [head, body, signature] = token.split('.');
  expect(signature).toBe(createHmac('sha256', KEY).update(`${head}.${body}`).digest('base64url'));
});

test('a cookie comes from a page of the server itself', () => {
  const headers = (url: string) => cookieHeaders(new URL(url), 'chat', 'a.b.c');
  expect(headers('ws://127.0.0.1:5280/xmpp-websocket')).toEqual({
    Origin: 'http://127.0.0.1:5280',
    Cookie: 'chat=a.b.c',
  });
  expect(headers('https://chat.example/http-bind').Origin).toBe('https://chat.example');
  expect(() => headers('xmpp://127.0.0.1:5222')).toThrow(RangeError);
});
