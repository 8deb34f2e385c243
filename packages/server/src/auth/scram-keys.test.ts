import { createHash, createHmac } from 'node:crypto';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { deriveScramKeys, madeUpKeys, makeUserKeys, passwordFits, preparePassword } from './scram-keys.js';

const VECTORS = [
  {
    source: 'RFC 5802 section 5',
    hash: 'SHA-1',
    digest: 'sha1',
    salt: 'QSXCR+Q6sek8bf92',
    message:
      'n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j',
    proof: 'v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    signature: 'rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    source: 'RFC 7677 section 3',
    hash: 'SHA-256',
    digest: 'sha256',
    salt: 'W22ZaJ0SNY7soEsUEjb6gQ==',
    message:
      'n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
    proof: 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    signature: '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
] as const;

test.each(VECTORS)('keys agree with the exchange of $source', async (vector) => {
  const { hash, digest, message } = vector;
  const keys = await deriveScramKeys(hash, 'pencil', Buffer.from(vector.salt, 'base64'), 4096);
  const clientSignature = createHmac(digest, keys.storedKey).update(message).digest();
  const clientKey = Buffer.from(vector.proof, 'base64').map((byte, i) => byte ^ (clientSignature[i] ?? 0));
  expect(createHash(digest).update(clientKey).digest()).toEqual(keys.storedKey);
  expect(createHmac(digest, keys.serverKey).update(message).digest('base64')).toBe(vector.signature);
});

test.each(['SHA-1', 'SHA-256'] as const)(
  'a password fits the %s keys made of it, and no other',
  async (hash) => {
    const keys = await makeUserKeys('correct horse', 10_000, new SeededRandom());
    expect(keys[hash].iterations).toBe(10_000);
    expect(await passwordFits(hash, 'correct horse', keys[hash])).toBe(true);
    expect(await passwordFits(hash, 'correct horsf', keys[hash])).toBe(false);
  },
);

test('two accounts with one password share no salt', async () => {
  const random = new SeededRandom();
  const [a, b] = [await makeUserKeys('same', 10_000, random), await makeUserKeys('same', 10_000, random)];
  const salts = [a, b].flatMap((keys) => [keys['SHA-1'].salt, keys['SHA-256'].salt]);
  expect(new Set(salts.map((salt) => salt.toString('hex'))).size).toBe(4);
});

describe('passwords are prepared', () => {
  test.each([
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['a\u00a0b', 'a b'],
  ])('%j becomes %j (RFC 4013 section 3)', (raw, prepared) => {
    expect(preparePassword(raw)).toBe(prepared);
  });

  test.each(['', '\u0007', 'a\u0000', '\u200b', '\ud800'])('%j is nobody’s', (raw) => {
    expect(preparePassword(raw)).toBeUndefined();
  });

  test('up to 1024 bytes', () => {
    expect(preparePassword('a'.repeat(1024))).toHaveLength(1024);
    expect(preparePassword('a'.repeat(1025))).toBeUndefined();
    expect(preparePassword('é'.repeat(512))).toHaveLength(512);
    expect(preparePassword('é'.repeat(513))).toBeUndefined();
  });
});

test('made-up keys are stable, differ by name, hash and server, and look like real ones', async () => {
  const secret = Buffer.alloc(32, 7);
  const made = madeUpKeys('SHA-256', 'nobody', 10_000, secret);
  expect(madeUpKeys('SHA-256', 'nobody', 10_000, secret)).toEqual(made);
  expect(madeUpKeys('SHA-256', 'someone', 10_000, secret).salt).not.toEqual(made.salt);
  expect(madeUpKeys('SHA-1', 'nobody', 10_000, secret).salt).not.toEqual(made.salt);
  expect(madeUpKeys('SHA-256', 'nobody', 10_000, Buffer.alloc(32, 8)).salt).not.toEqual(made.salt);
  const real = await makeUserKeys('pencil', 10_000, new SeededRandom());
  for (const hash of ['SHA-1', 'SHA-256'] as const) {
    const fake = madeUpKeys(hash, 'nobody', 10_000, secret);
    expect(fake.salt).toHaveLength(real[hash].salt.length);
    expect(fake.storedKey).toHaveLength(real[hash].storedKey.length);
    expect(fake.serverKey).toHaveLength(real[hash].serverKey.length);
    expect(fake.iterations).toBe(real[hash].iterations);
  }
});
