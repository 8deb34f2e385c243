import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { parseBareJid, parseDomainJid, scramAuthMessage } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { ScramHash, ScramKeys } from '../../auth/provider.js';
import { FakeAuthenticator } from '../../testing/fake-authenticator.js';
import type { SaslContext } from './mechanism.js';
import { scram } from './scram.js';

const PEER = { transport: 'memory', address: '::1', secure: true, origin: undefined } as const;

/** What an exchange is made of, as the RFCs print it. */
const VECTORS = [
  { hash: 'SHA-1', salt: 'QSXCR+Q6sek8bf92', nonce: 'fyko+d2lbbFgONRv9qkxdawL', keyLength: 20 },
  { hash: 'SHA-256', salt: 'W22ZaJ0SNY7soEsUEjb6gQ==', nonce: 'rOprNGfwEbeRWgbNEkqO', keyLength: 32 },
] as const;

function name(hash: ScramHash): string {
  return hash === 'SHA-1' ? 'sha1' : 'sha256';
}

describe.each(VECTORS)(
  'SCRAM-$hash with the salt and password of its RFC',
  ({ hash, keyLength, nonce, salt }) => {
    const hmac = (key: Buffer, text: string) => createHmac(name(hash), key).update(text).digest();
    const salted = pbkdf2Sync('pencil', Buffer.from(salt, 'base64'), 4096, keyLength, name(hash));
    const clientKey = hmac(salted, 'Client Key');
    const keys: ScramKeys = {
      salt: Buffer.from(salt, 'base64'),
      iterations: 4096,
      storedKey: createHash(name(hash)).update(clientKey).digest(),
      serverKey: hmac(salted, 'Server Key'),
    };

    /** Runs an exchange as a client; what it signs is the text given, or what it ought to be. */
    async function run(options: { readonly known: boolean; readonly proofOf?: Buffer }) {
      const domain = parseDomainJid('example.com');
      const account = parseBareJid('user@example.com');
      if (!domain || !account) throw new TypeError('no addresses');
      const auth = new FakeAuthenticator(domain, new FakeClock(), {});
      auth.scramKeys = async () => ({
        keys,
        identity: options.known ? { account, kind: 'user' } : undefined,
      });
      const random = { number: () => 0, bytes: (length: number) => new Uint8Array(length) };
      const context: SaslContext = { auth, domain, peer: PEER, random };
      const exchange = scram(hash, context);
      const challenge = await exchange.next(Buffer.from(`n,,n=user,r=${nonce}`));
      if (challenge.step !== 'challenge') throw new TypeError(challenge.step);
      const serverFirst = challenge.data.toString();
      expect(serverFirst).toBe(`r=${nonce}${'a'.repeat(26)},s=${salt},i=4096`);
      const withoutProof = `c=biws,r=${nonce}${'a'.repeat(26)}`;
      const signed = scramAuthMessage(`n=user,r=${nonce}`, serverFirst, withoutProof);
      const signature = hmac(keys.storedKey, signed);
      const key = options.proofOf ?? clientKey;
      const proof = Buffer.from(key.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64');
      const answer = await exchange.next(Buffer.from(`${withoutProof},p=${proof}`));
      return { answer, verifier: `v=${hmac(keys.serverKey, signed).toString('base64')}` };
    }

    test('is accepted, and answered with the signature of the server', async () => {
      const { answer, verifier } = await run({ known: true });
      expect(answer).toMatchObject({ step: 'success', identity: { account: 'user@example.com' } });
      expect(answer.step === 'success' && answer.additional?.toString()).toBe(verifier);
    });

    test('is refused with another key, and for nobody even with the right one', async () => {
      const refused = { step: 'failure', condition: 'not-authorized', local: 'user' };
      expect((await run({ known: true, proofOf: Buffer.alloc(keyLength) })).answer).toEqual(refused);
      expect((await run({ known: false })).answer).toEqual(refused);
    });
  },
);
