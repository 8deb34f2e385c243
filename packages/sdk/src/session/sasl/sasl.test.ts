import { webcrypto } from 'node:crypto';
import { encodeBase64, fromUtf8, type Random, utf8 } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { hashedToken } from './hashed-token.js';
import { anonymous, sameBytes } from './mechanism.js';
import { MIN_ITERATIONS, plain, scram } from './password.js';

const subtle = webcrypto.subtle as SubtleCrypto;
const text = (bytes: Uint8Array): string | undefined => fromUtf8(bytes);

/** Chance whose bytes, in Base64, are the nonce of a published exchange. */
const chance = (nonce: string): Random => ({
  number: () => 0,
  bytes: () => Uint8Array.from(atob(nonce), (letter) => letter.charCodeAt(0)),
});

describe('SCRAM', () => {
  // RFC 7677 section 3; RFC 5802 section 5 has the same for SHA-1, with a nonce that is no Base64 of 18 bytes.
  const NONCE = 'rOprNGfwEbeRWgbNEkqO';
  const CHALLENGE = `r=${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;
  const FINAL = `c=biws,r=${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`;
  const PROOF = 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';
  const start = () => scram('SHA-256', 'user', 'pencil', chance(NONCE), subtle);

  test('the published exchange', async () => {
    const mechanism = start();
    expect(text(await mechanism.first())).toBe(`n,,n=user,r=${NONCE}`);
    expect(text(await mechanism.next(utf8(CHALLENGE)))).toBe(FINAL);
    await mechanism.verify(utf8(PROOF));
  });

  test('the published exchange with SHA-1', async () => {
    const nonce = 'fyko+d2lbbFgONRv9qkxdawL';
    const mechanism = scram('SHA-1', 'user', 'pencil', chance(nonce), subtle);
    await mechanism.first();
    const challenge = `r=${nonce}3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096`;
    const final = `c=biws,r=${nonce}3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`;
    expect(text(await mechanism.next(utf8(challenge)))).toBe(final);
    await mechanism.verify(utf8('v=rmF9pqV8S7suAoZWja4dJRkFsKQ='));
  });

  test.each([
    ['a nonce that is not ours', CHALLENGE.replace(NONCE, 'other')],
    ['a nonce without the server in it', `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['too few rounds', CHALLENGE.replace('4096', String(MIN_ITERATIONS - 1))],
    ['too many rounds', CHALLENGE.replace('4096', '10000001')],
    ['nonsense', 'x'],
  ])('a challenge with %s ends it', async (_, challenge) => {
    const mechanism = start();
    await mechanism.first();
    await expect(mechanism.next(utf8(challenge))).rejects.toThrow();
  });

  test('a server that proves nothing, or the wrong thing, is not believed', async () => {
    for (const proof of [undefined, utf8('v=AAAA'), utf8('e=other-error'), utf8(PROOF.replace('6r', '7r'))]) {
      const mechanism = start();
      await mechanism.first();
      await mechanism.next(utf8(CHALLENGE));
      await expect(mechanism.verify(proof)).rejects.toThrow('prove');
    }
    const early = start();
    await early.first();
    await expect(early.verify(utf8(PROOF))).rejects.toThrow('prove');
    await early.next(utf8(CHALLENGE));
    await expect(early.next(utf8(CHALLENGE))).rejects.toThrow();
  });
});

test('PLAIN is UTF-8, its password prepared', async () => {
  expect(text(await plain('ä', 'па\u00a0роль').first())).toBe('\0ä\0па роль');
});

test('ANONYMOUS is empty, and is asked nothing', async () => {
  expect(await anonymous().first()).toEqual(new Uint8Array());
  await expect(anonymous().next(utf8('x'))).rejects.toThrow('unexpected');
});

describe('HT-SHA-256-NONE', () => {
  test('is the same with WebCrypto and without, and wants a proof in return', async () => {
    for (const crypto of [subtle, undefined]) {
      const mechanism = hashedToken('alice', 'key', 1, crypto);
      // HMAC-SHA-256 of "Initiator" and "Responder" under "key", by openssl.
      const first = await mechanism.first();
      expect(text(first.slice(0, 6))).toBe('alice\0');
      expect(encodeBase64(first.slice(6))).toBe(INITIATOR);
      await expect(mechanism.verify(undefined)).rejects.toThrow('prove');
      await expect(mechanism.verify(first.slice(6))).rejects.toThrow('prove');
      await mechanism.verify(Uint8Array.from(atob(RESPONDER), (letter) => letter.charCodeAt(0)));
    }
  });
  const INITIATOR = 'jCJ6V2sJr+T5Z8Qr0I3mM4GO5XnvfclgEL+C22txfXg=';
  const RESPONDER = '+du4KeDL62GLLxKrK8anGEviJ7pn1EIBWZPkj8a/zYQ=';
});

test('bytes are compared whole', () => {
  expect(sameBytes(utf8('ab'), utf8('ab'))).toBe(true);
  expect(sameBytes(utf8('ab'), utf8('ac'))).toBe(false);
  expect(sameBytes(utf8('ab'), utf8('abc'))).toBe(false);
});
