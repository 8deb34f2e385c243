import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { memoryStorage } from '../storage/memory.js';
import { anonymousProvider, isGuestName } from './anonymous.js';
import { Attempts } from './attempts.js';
import { AuthenticatorChain } from './authenticator-chain.js';
import { StoredFastTokens } from './fast-tokens.js';
import type { AuthProvider, ScramKeys } from './provider.js';

const domain = parseDomainJid('localhost') ?? expect.unreachable();
const secret = Buffer.alloc(32, 5);
const secure = { transport: 'memory', address: '192.0.2.1', secure: true, origin: undefined } as const;
const plain = { ...secure, secure: false };

const keys = (seed: number): ScramKeys => ({
  salt: Buffer.alloc(16, seed),
  iterations: 10_000,
  storedKey: Buffer.alloc(32, seed),
  serverKey: Buffer.alloc(32, seed),
});

/** A provider that knows one user by one password. */
function knows(local: string, password: string, withKeys = true): AuthProvider {
  const account = bareJid(local, domain) ?? expect.unreachable();
  return {
    id: `knows ${local}`,
    async verifyPassword(name, tried) {
      if (name !== local) return { verdict: 'unknown' };
      return tried === password
        ? { verdict: 'accepted', identity: { account, kind: 'user' } }
        : { verdict: 'refused', reason: 'not-authorized' };
    },
    ...(withKeys
      ? { scramKeys: async (name: string) => (name === local ? keys(local.length) : undefined) }
      : {}),
  };
}

function chain(
  providers: readonly AuthProvider[],
  perAddress?: number,
  perAccount = 100,
): AuthenticatorChain {
  const env = { clock: new FakeClock(), random: new SeededRandom() };
  const limits = { perAddress: perAddress ?? 0, perAccount, window: 1000, remembered: 10 };
  return new AuthenticatorChain({
    domain,
    providers,
    fast: new StoredFastTokens({ store: memoryStorage().tokens, env, domain, secret }),
    attempts: perAddress === undefined ? undefined : new Attempts(env.clock, limits),
    iterations: 10_000,
    secret,
  });
}

const anonymous = anonymousProvider(domain, new SeededRandom());

test('mechanisms are those that every provider of passwords can serve', () => {
  const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-1'];
  const romeo = knows('romeo', 'a');
  expect(chain([romeo, anonymous]).mechanisms(secure)).toEqual([...scram, 'PLAIN', 'ANONYMOUS']);
  expect(chain([romeo]).mechanisms(plain)).toEqual(scram);
  expect(chain([romeo, knows('juliet', 'b', false)]).mechanisms(secure)).toEqual(['PLAIN']);
  expect(chain([romeo, knows('juliet', 'b', false)]).mechanisms(plain)).toEqual([]);
  expect(chain([anonymous]).mechanisms(secure)).toEqual(['ANONYMOUS']);
});

test('tokens are offered where a site signs them, and taken from whoever has one', () => {
  const verifyToken = async () => ({ verdict: 'unknown' }) as const;
  const own = chain([{ id: 'token', verifyToken }]);
  expect(own.mechanisms(secure)).toEqual([]);
  expect([own.accepts('OAUTHBEARER', secure), own.accepts('X-OAUTH2', secure)]).toEqual([
    'OAUTHBEARER',
    'X-OAUTH2',
  ]);
  expect(own.accepts('OAUTHBEARER', plain)).toBeUndefined();
  expect(own.accepts('PLAIN', secure)).toBeUndefined();
  const site = chain([{ id: 'token', offersTokens: true, verifyToken }]);
  expect(site.mechanisms(secure)).toEqual(['OAUTHBEARER', 'X-OAUTH2']);
  expect(site.mechanisms(plain)).toEqual([]);
  expect(chain([anonymous]).accepts('OAUTHBEARER', secure)).toBeUndefined();
});

test('the first provider that knows a user decides', async () => {
  const auth = chain([knows('romeo', 'first'), knows('romeo', 'second'), knows('juliet', 'third')]);
  expect(await auth.verifyPassword('romeo', 'first', secure)).toMatchObject({ verdict: 'accepted' });
  expect(await auth.verifyPassword('romeo', 'second', secure)).toMatchObject({ verdict: 'refused' });
  expect(await auth.verifyPassword('juliet', 'third', secure)).toMatchObject({ verdict: 'accepted' });
  expect(await auth.verifyPassword('tybalt', 'x', secure)).toEqual({
    verdict: 'refused',
    reason: 'not-authorized',
  });
});

test('an unknown user meets keys like any other, the same each time', async () => {
  const auth = chain([knows('romeo', 'a')]);
  expect(await auth.scramKeys('romeo', 'SHA-256', secure)).toEqual({
    keys: keys(5),
    identity: { account: 'romeo@localhost', kind: 'user' },
  });
  const made = await auth.scramKeys('tybalt', 'SHA-256', secure);
  expect(made.identity).toBeUndefined();
  expect(made.keys.iterations).toBe(10_000);
  expect(await auth.scramKeys('tybalt', 'SHA-256', secure)).toEqual(made);
});

test('guests are let in under names of their own', async () => {
  const auth = chain([knows('romeo', 'a'), anonymous]);
  const [a, b] = [await auth.anonymous(secure), await auth.anonymous(secure)];
  if (a.verdict !== 'accepted' || b.verdict !== 'accepted') throw new Error('a guest was refused');
  expect(a.identity.kind).toBe('guest');
  expect(a.identity.account).toMatch(/^guest-[a-z2-7]{20}@localhost$/);
  expect(a.identity.account).not.toBe(b.identity.account);
  expect(isGuestName('guest-abc')).toBe(true);
  expect(isGuestName('guesthouse')).toBe(false);
});

test('no guest is let in where there is no provider for them', async () => {
  expect(await chain([knows('romeo', 'a')]).anonymous(secure)).toMatchObject({ verdict: 'refused' });
});

test('after too many failures not even the right password is judged', async () => {
  const auth = chain([knows('romeo', 'a')], 2);
  expect(auth.failed(secure, 'romeo')).toBe(true);
  expect(await auth.verifyPassword('romeo', 'a', secure)).toMatchObject({ verdict: 'accepted' });
  expect(auth.failed(secure, 'romeo')).toBe(false);
  expect(await auth.verifyPassword('romeo', 'a', secure)).toEqual({
    verdict: 'refused',
    reason: 'temporary-auth-failure',
  });
  expect((await auth.scramKeys('romeo', 'SHA-256', secure)).identity).toBeUndefined();
  const elsewhere = { ...secure, address: '192.0.2.2' };
  expect((await auth.scramKeys('romeo', 'SHA-256', elsewhere)).identity).toBeDefined();
});

test('who guesses from elsewhere does not lock an account out where it has signed in', async () => {
  const auth = chain([knows('romeo', 'a')], 2, 3);
  const identity = (await auth.scramKeys('romeo', 'SHA-256', secure)).identity;
  if (!identity) throw new Error('romeo is known');
  auth.succeeded(secure, identity);
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) auth.failed({ ...secure, address }, 'romeo');
  expect(await auth.verifyPassword('romeo', 'a', secure)).toMatchObject({ verdict: 'accepted' });
  const elsewhere = { ...secure, address: '192.0.2.4' };
  expect(await auth.verifyPassword('romeo', 'a', elsewhere)).toMatchObject({ verdict: 'refused' });
});

test('without limits failures are not counted', async () => {
  const auth = chain([knows('romeo', 'a')]);
  for (let n = 0; n < 1000; n++) expect(auth.failed(secure, 'romeo')).toBe(true);
  expect(await auth.verifyPassword('romeo', 'a', secure)).toMatchObject({ verdict: 'accepted' });
});
