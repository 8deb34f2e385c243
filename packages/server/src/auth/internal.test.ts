import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../kernel/logger.js';
import { memoryStorage } from '../storage/memory.js';
import { internalProvider } from './internal.js';
import type { AuthProvider } from './provider.js';
import { makeUserKeys } from './scram-keys.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
const account = bareJid('romeo', domain) ?? expect.unreachable();
const peer = { transport: 'memory', address: '192.0.2.1', secure: true, origin: undefined } as const;

let provider: AuthProvider;
const keys = await makeUserKeys('pencil IX', 10_000, new SeededRandom());

beforeEach(async () => {
  const { users } = memoryStorage();
  await users.add({ account, keys, createdAt: 0 });
  provider = internalProvider({
    users,
    domain,
    iterations: 10_000,
    random: new SeededRandom(),
    log: silentLogger,
    secret: Buffer.alloc(32),
  });
});

const unknown = { verdict: 'unknown' };
const refused = { verdict: 'refused', reason: 'not-authorized' };

test('a password is accepted, also when it is written in another way', async () => {
  const accepted = { verdict: 'accepted', identity: { account, kind: 'user' } };
  expect(await provider.verifyPassword?.('romeo', 'pencil IX', peer)).toEqual(accepted);
  expect(await provider.verifyPassword?.('romeo', 'pencil\u00a0\u2168', peer)).toEqual(accepted);
});

test.each([
  ['a wrong password', 'romeo', 'pen', refused],
  ['the password with something behind it', 'romeo', 'pencil IX ', refused],
  ['the password in other letters', 'romeo', 'PENCIL IX', refused],
  ['the name as password', 'romeo', 'romeo', refused],
  ['an unknown user', 'tybalt', 'pencil IX', unknown],
  ['what can be no name', 'ro meo', 'pencil IX', unknown],
  ['the whole address for a name', 'romeo@localhost', 'pencil IX', unknown],
  ['no password', 'romeo', '', unknown],
  ['a control character', 'romeo', 'pencil IX\u0000', unknown],
  ['a password that is too long', 'romeo', 'x'.repeat(1025), unknown],
])('%s signs nobody in: %s, %j', async (_, local, password, verdict) => {
  expect(await provider.verifyPassword?.(local, password, peer)).toEqual(verdict);
});

test('the keys of a user are those that are kept', async () => {
  expect(await provider.scramKeys?.('romeo', 'SHA-1')).toEqual(keys['SHA-1']);
  expect(await provider.scramKeys?.('romeo', 'SHA-256')).toEqual(keys['SHA-256']);
  expect(await provider.scramKeys?.('tybalt', 'SHA-256')).toBeUndefined();
});

test('keys of fewer iterations are made anew when the password comes as it is', async () => {
  const { users } = memoryStorage();
  await users.add({ account, keys, createdAt: 0 });
  const asked = internalProvider({
    users,
    domain,
    iterations: 12_000,
    random: new SeededRandom(),
    log: silentLogger,
    secret: Buffer.alloc(32),
  });
  const kept = async () => (await users.get(account))?.keys?.['SHA-256'];
  expect((await asked.verifyPassword?.('romeo', 'wrong', peer))?.verdict).toBe('refused');
  expect((await kept())?.iterations).toBe(10_000);
  expect((await asked.verifyPassword?.('romeo', 'pencil IX', peer))?.verdict).toBe('accepted');
  await expect.poll(async () => (await kept())?.iterations).toBe(12_000);
  expect((await asked.verifyPassword?.('romeo', 'pencil IX', peer))?.verdict).toBe('accepted');
  expect((await users.get(account))?.changedAt).toBeUndefined();
});

test('an account without a password is let in by none', async () => {
  const { users } = memoryStorage();
  await users.add({ account, createdAt: 0 });
  const secret = Buffer.alloc(32);
  const random = new SeededRandom();
  const asked = internalProvider({ users, domain, iterations: 10_000, random, log: silentLogger, secret });
  expect(await asked.verifyPassword?.('romeo', 'pencil IX', peer)).toEqual({ verdict: 'unknown' });
  expect(await asked.scramKeys?.('romeo', 'SHA-256')).toBeUndefined();
});
