import { parseBareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import type { Identity } from '../../auth/provider.js';
import { Cookies } from '../../link/cookies.js';
import { FakeAuthenticator } from '../../testing/fake-authenticator.js';
import { external } from './external.js';

const domain = parseDomainJid('capulet.example') ?? expect.unreachable();
const account = parseBareJid('juliet@capulet.example') ?? expect.unreachable();
const juliet: Identity = { account, kind: 'user' };

function exchange(cookie: string) {
  const auth = new FakeAuthenticator(domain, new FakeClock(), {});
  auth.siteTokens.set('good', juliet);
  const peer = { transport: 'memory', address: '::1', secure: true, origin: undefined } as const;
  return external({
    auth,
    domain,
    peer: { ...peer, cookies: new Cookies(cookie) },
    random: new SeededRandom(),
  });
}

test('the cookies of the connection say who it is', async () => {
  expect(await exchange('session=good').next(Buffer.alloc(0))).toEqual({ step: 'success', identity: juliet });
  expect(await exchange('session=good').next(Buffer.from(account))).toMatchObject({ authzid: account });
  const later = exchange('session=good');
  expect(await later.next(undefined)).toEqual({ step: 'challenge', data: Buffer.alloc(0) });
  expect(await later.next(Buffer.alloc(0))).toMatchObject({ step: 'success' });
});

test('a cookie that is stale, and what is no address, are refused', async () => {
  const failure = { step: 'failure', condition: 'not-authorized' };
  expect(await exchange('session=bad').next(Buffer.alloc(0))).toEqual(failure);
  expect(await exchange('').next(Buffer.alloc(0))).toEqual(failure);
  for (const bytes of [Buffer.from([0xff]), Buffer.from('a\0b')]) {
    expect(await exchange('session=good').next(bytes)).toMatchObject({ condition: 'malformed-request' });
  }
});
