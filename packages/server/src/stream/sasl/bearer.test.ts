import { formatOAuthBearer, parseBareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../auth/provider.js';
import { FakeAuthenticator } from '../../testing/fake-authenticator.js';
import { bearer } from './bearer.js';
import type { SaslContext } from './mechanism.js';
import { plainToken } from './plain-token.js';

const domain = parseDomainJid('capulet.example') ?? expect.unreachable();
const account = parseBareJid('juliet@capulet.example') ?? expect.unreachable();
const juliet: Identity = { account, kind: 'user', grant: { name: 'Juliet' } };

function context(): SaslContext {
  const auth = new FakeAuthenticator(domain, new FakeClock(), {});
  auth.siteTokens.set('good', juliet);
  const peer = { transport: 'memory', address: '::1', secure: true, origin: undefined } as const;
  return { auth, peer, domain, random: new SeededRandom() };
}

const says = (token: string, authzid?: string): Buffer => Buffer.from(formatOAuthBearer({ token, authzid }));

describe('OAUTHBEARER', () => {
  test('a good token signs in, as itself or as who it may be', async () => {
    expect(await bearer(context()).next(says('good'))).toEqual({ step: 'success', identity: juliet });
    expect(await bearer(context()).next(says('good', account))).toMatchObject({ authzid: account });
  });

  test('without an initial response it is asked for', async () => {
    const exchange = bearer(context());
    expect(await exchange.next(undefined)).toEqual({ step: 'challenge', data: Buffer.alloc(0) });
    expect(await exchange.next(says('good'))).toMatchObject({ step: 'success' });
  });

  test('a refusal is explained first, and whatever comes next fails', async () => {
    const exchange = bearer(context());
    const challenge = await exchange.next(says('bad'));
    expect(challenge).toEqual({ step: 'challenge', data: Buffer.from('{"status":"invalid_token"}') });
    expect(await exchange.next(says('good'))).toEqual({ step: 'failure', condition: 'not-authorized' });
  });

  test('what is no message of it is refused', async () => {
    for (const message of [Buffer.from('n,,'), Buffer.from([0xff]), Buffer.alloc(0)]) {
      expect(await bearer(context()).next(message)).toEqual({
        step: 'failure',
        condition: 'malformed-request',
      });
    }
    expect(await bearer(context()).next(Buffer.from('\x01'))).toMatchObject({ condition: 'not-authorized' });
  });
});

describe('X-OAUTH2', () => {
  test('a good token signs in, whatever name comes with it', async () => {
    for (const text of ['\0juliet\0good', '\0\0good']) {
      expect(await plainToken(context()).next(Buffer.from(text))).toEqual({
        step: 'success',
        identity: juliet,
      });
    }
    const asked = await plainToken(context()).next(Buffer.from(`${account}\0x\0good`));
    expect(asked).toMatchObject({ authzid: account });
  });

  test.each([
    ['\0juliet\0bad', 'not-authorized'],
    ['\0juliet\0', 'malformed-request'],
    ['good', 'malformed-request'],
    ['\0juliet\0good\0', 'malformed-request'],
  ])('%j is refused', async (text, condition) => {
    expect(await plainToken(context()).next(Buffer.from(text))).toEqual({ step: 'failure', condition });
  });
});
