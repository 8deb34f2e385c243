import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../kernel/logger.js';
import type { Peer } from '../link/server-link.js';
import { memoryStorage } from '../storage/memory.js';
import { FakeSite } from '../testing/fake-site.js';
import type { Authenticator } from './authenticator.js';
import { createAuthenticator } from './create-authenticator.js';
import { makeUserKeys, preparePassword } from './scram-keys.js';
import { sitePasswordSettings, siteSessionSettings } from './site/settings.js';
import { tokenSettings } from './token/settings.js';
import { wordpressSettings } from './wordpress/settings.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer: Peer = { transport: 'websocket', address: '192.0.2.7', secure: true, origin: undefined };
const ITERATIONS = 4;

let site: FakeSite;
let authenticator: Authenticator;
/** Signing in by a password. */
const tries = (local: string, password: string) => authenticator.verifyPassword(local, password, peer);

beforeEach(async () => {
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const storage = memoryStorage();
  site = new FakeSite({ status: 200, body: '{"sub":"mira"}' });
  ({ authenticator } = createAuthenticator({
    domain,
    env,
    log: silentLogger,
    storage,
    serverKey: Buffer.alloc(32, 1),
    guests: true,
    iterations: ITERATIONS,
    token: tokenSettings.parse({}),
    siteSession: siteSessionSettings.parse({}),
    sitePassword: sitePasswordSettings.parse({ url: 'https://blog.example/password' }),
    wordpress: wordpressSettings.parse({}),
    fetch: site.fetch,
    attempts: { perAddress: 3, perAccount: 2, window: 1000, remembered: 10 },
  }));
  const keys = await makeUserKeys(preparePassword('balcony scene') ?? '', ITERATIONS, env.random);
  await storage.users.add({ account: bareJid('joe', domain) ?? expect.unreachable(), keys, createdAt: 0 });
});

test('the site is asked about its users, and hears no password of an account of the server’s own', async () => {
  expect(await tries('mira', 'abcd')).toMatchObject({ identity: { account: 'mira@chat.example' } });
  expect(site.asked).toHaveLength(1);
  site.answer = new Error('down');
  expect(await tries('joe', 'balcony scene')).toMatchObject({ identity: { account: 'joe@chat.example' } });
  expect(await tries('joe', 'wrong')).toEqual({ verdict: 'refused', reason: 'not-authorized' });
  expect(site.asked).toHaveLength(1);
  expect(await tries('mira', 'abcd')).toEqual({ verdict: 'refused', reason: 'temporary-auth-failure' });
});

test('SCRAM is not offered where the site judges passwords, and no password goes over a link that others read', () => {
  const offered = authenticator.mechanisms(peer);
  expect(offered).toContain('PLAIN');
  expect(offered.filter((name) => name.startsWith('SCRAM'))).toEqual([]);
  expect(authenticator.mechanisms({ ...peer, secure: false })).not.toContain('PLAIN');
});

test('who guesses too often is not even asked about', async () => {
  site.answer = { status: 401, body: '' };
  for (let n = 0; n < 2; n++) {
    expect(await tries('mira', 'wrong')).toEqual({ verdict: 'refused', reason: 'not-authorized' });
    authenticator.failed(peer, 'mira');
  }
  expect(await tries('mira', 'abcd')).toEqual({ verdict: 'refused', reason: 'temporary-auth-failure' });
  expect(site.asked).toHaveLength(2);
});
