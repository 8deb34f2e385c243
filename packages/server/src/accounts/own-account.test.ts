import {
  child,
  decodeStanzaError,
  type Element,
  el,
  encodeChangePassword,
  encodeRegister,
  NS,
  parseBareJid,
} from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuthVerdict } from '../auth/provider.js';
import type { Session } from '../kernel/session.js';
import { FrameClient } from '../testing/frame-client.js';
import { createTestServer, type TestServer } from '../testing/test-server.js';
import { ownAccount } from './own-account.js';

const romeo = parseBareJid('romeo@localhost') ?? expect.unreachable();
const REMOVE = el('query', NS.register, {}, el('remove', NS.register));

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer({ registration: { open: true } });
  await server.addUser('romeo', 'old');
});
afterEach(() => server.stop());

function outcome(answer: Element): string {
  if (answer.attrs.type === 'result') return 'result';
  const { condition, text } = decodeStanzaError(answer);
  return `${condition}: ${text}`;
}

async function signedIn(name = 'romeo', password = 'old'): Promise<FrameClient> {
  const client = new FrameClient(server);
  await client.signIn(name, password);
  return client;
}

async function fits(password: string): Promise<boolean> {
  // Streams that began when the account was signed out are too early.
  server.clock.advance(1);
  const client = new FrameClient(server);
  await client.open();
  return (await client.authenticate('romeo', password)) === 'success';
}

describe('a password is changed by who has it', () => {
  test('with the present one: other sessions and tokens end, the own session goes on', async () => {
    const [own, other] = [await signedIn(), await signedIn()];
    const token = { guest: false, mechanism: 'HT-SHA-256-NONE', issuedAt: 0, expiresAt: 9e15, count: 0 };
    await server.storage.tokens.add({ ...token, account: romeo, clientId: 'c', serial: 's' });
    expect(outcome(await own.asks('set', encodeChangePassword('romeo', 'old', 'new')))).toBe('result');
    await other.hears((e) => e.name === 'error' && e.ns === NS.streams);
    expect(await server.storage.tokens.of(romeo, 9)).toEqual([]);
    expect([await fits('old'), await fits('new')]).toEqual([false, true]);
    expect((await own.asks('get', el('query', NS.register))).attrs.type).toBe('result');
    expect((await server.storage.users.get(romeo))?.changedAt).toBeDefined();
  });

  test.each([
    [
      'without the present one',
      encodeRegister('romeo', 'new'),
      'not-authorized: The present password is needed.',
    ],
    [
      'with a wrong one',
      encodeChangePassword('romeo', 'odd', 'new'),
      'not-authorized: This is not your present password.',
    ],
    [
      'of somebody else',
      encodeChangePassword('juliet', 'old', 'new'),
      'not-allowed: This is not your account.',
    ],
    [
      'to the own name',
      encodeChangePassword('romeo', 'old', 'Romeo'),
      'not-acceptable: A password is not the name of its account.',
    ],
    ['without a new one', el('query', NS.register), 'bad-request: A name and a password are needed.'],
  ])('%s it is not', async (_, query, problem) => {
    const own = await signedIn();
    expect(outcome(await own.asks('set', query, 'localhost'))).toBe(problem);
    expect(await fits('old')).toBe(true);
  });

  test('who does not give the present one gets a form for it', async () => {
    const answer = await (await signedIn()).asks('set', encodeRegister('romeo', 'new'));
    const error = child(answer, 'error') ?? expect.unreachable();
    expect(child(error, 'query', NS.register)).toBeDefined();
  });

  test('guests have none, and visitors of a site have theirs there', async () => {
    const guest = new FrameClient(server);
    const jid = await guest.signIn();
    const name = jid.split('@')[0] ?? '';
    expect(outcome(await guest.asks('set', encodeChangePassword(name, 'x', 'new')))).toBe(
      'not-allowed: Guests have no password.',
    );
    const visitor = new FrameClient(server);
    await visitor.signIn('mira', await server.siteToken('mira'), 'X-OAUTH2');
    expect(outcome(await visitor.asks('set', encodeChangePassword('mira', 'x', 'new')))).toBe(
      'not-allowed: Your password is not kept here, but by the site that you sign in to.',
    );
  });
});

test('who is asked says who one is', async () => {
  const answer = await (await signedIn()).asks('get', el('query', NS.register), 'localhost');
  expect(child(child(answer, 'query', NS.register) ?? answer, 'username')?.children).toEqual(['romeo']);
});

describe('an account is given up by who has it', () => {
  test('where people make theirs by themselves', async () => {
    const own = await signedIn();
    own.say(el('iq', NS.client, { type: 'set', id: 'x' }, REMOVE));
    await own.hears((e) => e.name === 'error' && e.ns === NS.streams);
    await expect.poll(async () => server.storage.users.get(romeo)).toBeUndefined();
  });

  test('and nowhere else', async () => {
    await server.stop();
    server = await createTestServer();
    await server.addUser('romeo', 'old');
    expect(outcome(await (await signedIn()).asks('set', REMOVE))).toBe(
      'not-allowed: Accounts are removed here by those who run this place.',
    );
    expect(await server.storage.users.get(romeo)).toBeDefined();
  });
});

describe('an account that is suspended', () => {
  test('is out at once, comes in by no credential, and is let in again', async () => {
    const own = await signedIn();
    await server.accounts.users.suspend('romeo', true);
    await own.hears((e) => e.name === 'error' && e.ns === NS.streams);
    const token = await server.siteToken('romeo');
    for (const [secret, mechanism] of [
      ['old', 'PLAIN'],
      [token, 'X-OAUTH2'],
    ] as const) {
      const client = new FrameClient(server);
      await client.open();
      expect(await client.authenticate('romeo', secret, mechanism)).toBe('account-disabled');
    }
    // Who guesses learns nothing of it.
    const guessing = new FrameClient(server);
    await guessing.open();
    expect(await guessing.authenticate('romeo', 'odd')).toBe('not-authorized');
    await server.accounts.users.suspend('romeo', false);
    expect(await fits('old')).toBe(true);
  });
});

describe('who is on the way in while the account is signed out', () => {
  test.each(['delete', 'suspend', 'password'] as const)('does not come in: %s', async (how) => {
    const client = new FrameClient(server);
    await client.open();
    expect(await client.authenticate('romeo', 'old')).toBe('success');
    const { users } = server.accounts;
    if (how === 'delete') await users.delete('romeo');
    else if (how === 'suspend') await users.suspend('romeo', true);
    else await users.setPassword('romeo', 'new');
    await client.open();
    client.say(el('iq', NS.client, { type: 'set', id: 'b' }, el('bind', NS.bind)));
    await client.hears((e) => e.name === 'error' && e.ns === NS.streams);
    expect(server.stats()['streams.sessions']).toBe(0);
  });
});

describe('the present password', () => {
  const session = () => {
    const peer = { transport: 'memory', address: '192.0.2.1', secure: true, origin: undefined } as const;
    return { account: romeo, identity: { account: romeo, kind: 'user' }, peer } as unknown as Session;
  };

  function answering(verdict: AuthVerdict, askPresent = true) {
    const counted: (string | undefined)[] = [];
    const own = ownAccount({
      storage: server.storage,
      users: server.accounts.users,
      auth: {
        verifyPassword: async () => verdict,
        failed: (_, local) => {
          counted.push(local);
          return true;
        },
      },
      settings: { askPresent },
      open: false,
      signOut: () => {},
    });
    return { counted, own };
  }

  test('that is wrong counts as an attempt to sign in', async () => {
    const { counted, own } = answering({ verdict: 'refused', reason: 'not-authorized' });
    const wish = { session: session(), present: 'odd', password: 'new' };
    expect(await own.password(wish)).toMatchObject({ done: false, error: { condition: 'not-authorized' } });
    expect(counted).toEqual(['romeo']);
  });

  test('is not judged where there were too many', async () => {
    const { counted, own } = answering({ verdict: 'refused', reason: 'temporary-auth-failure' });
    const wish = { session: session(), present: 'old', password: 'new' };
    expect(await own.password(wish)).toMatchObject({
      done: false,
      error: { condition: 'resource-constraint', text: 'This was tried too often. Try again later.' },
    });
    expect(counted).toEqual([]);
  });

  test('of somebody else is none', async () => {
    const juliet = parseBareJid('juliet@localhost') ?? expect.unreachable();
    const { own } = answering({ verdict: 'accepted', identity: { account: juliet, kind: 'user' } });
    const wish = { session: session(), present: 'old', password: 'new' };
    expect(await own.password(wish)).toMatchObject({ done: false });
  });

  test('is no token of the site, however good', async () => {
    const { own } = answering({
      verdict: 'accepted',
      identity: { account: romeo, kind: 'user', grant: { until: 9e15 } },
    });
    const wish = { session: session(), present: 'a.to.ken', password: 'new' };
    expect(await own.password(wish)).toMatchObject({ done: false, error: { condition: 'not-authorized' } });
  });

  test('is not asked for where that is switched off', async () => {
    const { own } = answering({ verdict: 'refused', reason: 'not-authorized' }, false);
    expect(await own.password({ session: session(), present: undefined, password: 'new' })).toEqual({
      done: true,
    });
  });
});

test('who was suspended stays so over a restart', async () => {
  await server.accounts.users.suspend('romeo', true);
  const { storage } = server;
  await server.stop();
  server = await createTestServer({ storage });
  const client = new FrameClient(server);
  await client.open();
  expect(await client.authenticate('romeo', 'old')).toBe('account-disabled');
});
