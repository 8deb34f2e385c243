import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { type Signed, signedPayload } from './signature.js';

const SECRET = Buffer.from('a secret of thirty-two characters or more');
const OTHER = Buffer.from('another secret, of somebody else altogether');
const part = (value: string | object): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function made(header: object, body: string | object, secret = SECRET): string {
  const text = `${part(header)}.${part(body)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const judge = (token: string, secrets: readonly Buffer[] = [SECRET]) =>
  signedPayload(token, { secrets, published: undefined });

test('any of the secrets is good, and what was signed is told', async () => {
  const token = made({ alg: 'HS256' }, { sub: 'mira' }, OTHER);
  const signed: Signed = { payload: { sub: 'mira' }, shared: true };
  expect(await judge(token, [SECRET, OTHER])).toEqual(signed);
  expect(await judge(await new SignJWT({ a: 1 }).setProtectedHeader({ alg: 'HS256' }).sign(SECRET))).toEqual({
    payload: { a: 1 },
    shared: true,
  });
});

test.each([
  ['of another secret', made({ alg: 'HS256' }, {}, OTHER), 'signature verification failed'],
  ['that demands what is not known', made({ alg: 'HS256', crit: ['b64'], b64: false }, {}), 'header crit'],
  ['of another length of hash', made({ alg: 'HS512' }, {}), 'there is no key for HS512'],
  ['without an algorithm', made({}, {}), 'there is no key for undefined'],
  ['that is unsigned', made({ alg: 'none' }, {}), 'there is no key for none'],
  ['that says no JSON', made({ alg: 'HS256' }, 'mira'), 'it is not JSON'],
  ['with a head that is none', `${part('[]')}.e30.AA`, ''],
])('a token %s is refused for good', async (_, token, why) => {
  expect(await judge(token)).toEqual({ reason: 'not-authorized', why: expect.stringContaining(why) });
});

test('there is one way to write a signature', async () => {
  const token = made({ alg: 'HS256' }, {});
  const last = token.at(-1) ?? '';
  // 32 bytes leave two bits of the last letter unused.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const same = letters[letters.indexOf(last) + 1] ?? '';
  const again = `${token.slice(0, -1)}${same}`;
  const bytes = (text: string) => Buffer.from(text.split('.')[2] ?? '', 'base64url');
  expect(bytes(again)).toEqual(bytes(token));
  expect(await judge(again)).toMatchObject({ reason: 'not-authorized' });
});

test('a key that is published is no secret', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = Buffer.from(String((await exportJWK(publicKey)).x), 'base64url');
  expect(await judge(made({ alg: 'HS256' }, {}, key), [])).toMatchObject({
    why: 'there is no secret for HS256',
  });
});
