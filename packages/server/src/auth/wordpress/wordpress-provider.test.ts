import { createHash, createHmac } from 'node:crypto';
import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../kernel/logger.js';
import { Cookies } from '../../link/cookies.js';
import { loginCookieName } from './cookie-name.js';
import { type HashJob, runHashJob } from './hash-jobs.js';
import { type WordpressSettings, wordpressSettings } from './settings.js';
import { DatabaseUsers, type WordpressUsers } from './users.js';
import { MAX_LOGIN_COOKIE, wordpressProvider } from './wordpress-provider.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const peer = { transport: 'websocket', address: '192.0.2.7', secure: true, origin: undefined } as const;
const SITE = 'https://shop.example';
const NAME = loginCookieName(SITE);
const PASS = '$wp$2y$10$607XKVrBjPEqujeOXNwbYuOJ.gPMd2TelMMknmeV70Kap1E81Ovo6';
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg';
const SECRET = 'key and salt';

let clock: FakeClock;
let db: Knex;
beforeEach(async () => {
  clock = new FakeClock();
  db = knex({ client: 'sqlite3', useNullAsDefault: true, connection: { filename: ':memory:' } });
  await db.schema.createTable('wp_users', (table) => {
    table.integer('ID').primary();
    table.specificType('user_login', 'text collate nocase');
    table.text('user_pass');
    table.text('display_name');
  });
  await db.schema.createTable('wp_usermeta', (table) => {
    table.integer('user_id');
    table.text('meta_key');
    table.text('meta_value');
  });
  await db.schema.createTable('wp_options', (table) => {
    table.text('option_name');
    table.text('option_value');
  });
  await db('wp_users').insert({ ID: 1, user_login: 'Mira Kim', user_pass: PASS, display_name: 'Mira' });
  await session(TOKEN);
});
afterEach(() => db.destroy());

const seconds = (ms: number): number => Math.floor(clock.now() / 1000) + ms / 1000;

/** Lets the user have one session: that of a token, for an hour. */
async function session(token: string): Promise<void> {
  const hash = createHash('sha256').update(token).digest('hex');
  const value = `a:1:{s:64:"${hash}";a:1:{s:10:"expiration";i:${seconds(3_600_000)};}}`;
  await db('wp_usermeta').where({ meta_key: 'session_tokens' }).delete();
  await db('wp_usermeta').insert({ user_id: 1, meta_key: 'session_tokens', meta_value: value });
}

/** The cookie that WordPress would set. */
function cookie(more: { login?: string; secret?: string; token?: string; name?: string } = {}): string {
  const { login = 'Mira Kim', name = NAME, secret = SECRET, token = TOKEN } = more;
  const expiration = seconds(3_600_000);
  const key = createHmac('md5', secret)
    .update(`${login}|${PASS.slice(-4)}|${expiration}|${token}`)
    .digest('hex');
  const hmac = createHmac('sha256', key).update(`${login}|${expiration}|${token}`).digest('hex');
  return `${name}=${encodeURIComponent([login, expiration, token, hmac].join('|'))}`;
}

/** @param collate what of a login the database compares */
function provider(settings: Partial<WordpressSettings> = {}, collate = (login: string) => login) {
  const all = wordpressSettings.parse({ secrets: [SECRET], siteUrl: SITE, ...settings });
  const database = new DatabaseUsers(db, all);
  const users: WordpressUsers = {
    find: (login) => database.find(collate(login)),
    keptSecret: () => database.keptSecret(),
    close: () => database.close(),
  };
  const hashes = { fits: async (job: HashJob) => runHashJob(job) };
  const options = { domain, clock, log: silentLogger, users, settings: all, hashes };
  const { cookies, verifyPassword } = wordpressProvider(options);
  return {
    verifyPassword,
    knows: (name: string) => cookies?.knows(name),
    verify: (text: string) => cookies?.verify(new Cookies(text), peer),
  };
}

const refused = (reason: string) => ({ verdict: 'refused', reason });

test('who is signed in to WordPress is signed in here, under the name that is shown there', async () => {
  expect(await provider().verify(`theme=dark; ${cookie()}`)).toMatchObject({
    verdict: 'accepted',
    identity: {
      account: 'mira\\20kim@chat.example',
      kind: 'user',
      grant: {
        name: 'Mira',
        until: seconds(3_600_000) * 1000,
        signIn: createHash('sha256').update(TOKEN).digest('hex'),
      },
    },
  });
});

test('roles that keep order do so in every room', async () => {
  const role = (name: string) => `a:1:{s:${name.length}:"${name}";b:1;}`;
  const meta = { user_id: 1, meta_key: 'wp_capabilities' };
  await db('wp_usermeta').insert({ ...meta, meta_value: role('editor') });
  expect(await provider().verify(cookie())).toMatchObject({
    identity: { grant: { rooms: { '*': 'moderate' } } },
  });
  expect(await provider({ moderators: ['owner'] }).verify(cookie())).not.toHaveProperty(
    'identity.grant.rooms',
  );
});

test('the secret that WordPress keeps itself is found', async () => {
  await db('wp_options').insert([
    { option_name: 'logged_in_key', option_value: 'key' },
    { option_name: 'logged_in_salt', option_value: ' and salt' },
  ]);
  expect(await provider({ secrets: [] }).verify(cookie())).toMatchObject({ verdict: 'accepted' });
});

test('cookies that prove nothing are refused', async () => {
  const { verify } = provider();
  expect(await verify(cookie({ secret: 'another' }))).toEqual(refused('not-authorized'));
  expect(await verify(cookie({ login: 'nobody' }))).toEqual(refused('not-authorized'));
  expect(await verify(cookie({ login: 'MIRA KIM' }))).toEqual(refused('not-authorized'));
  expect(await verify(cookie({ token: 'x'.repeat(43) }))).toEqual(refused('credentials-expired'));
  clock.advance(3_601_000);
  const late = provider();
  expect(await late.verify(cookie())).toEqual(refused('credentials-expired'));
});

test('cookies of other sites, of other schemes and of no shape are left to others', async () => {
  const { knows, verify } = provider();
  const other = loginCookieName('https://other.example');
  expect(await verify(cookie({ name: other }))).toEqual({ verdict: 'unknown' });
  expect(await verify(cookie({ name: NAME.replace('logged_in_', 'sec_') }))).toEqual({ verdict: 'unknown' });
  for (const value of ['', 'a|b|c', '%zz', 'x'.repeat(MAX_LOGIN_COOKIE + 1)]) {
    expect(await verify(`${NAME}=${value}`)).toEqual({ verdict: 'unknown' });
  }
  expect([knows(NAME), knows(other)]).toEqual([true, false]);
  expect(provider({ siteUrl: undefined }).knows(other)).toBe(true);
});

test('of several cookies of one name one that is good is enough', async () => {
  expect(await provider().verify(`${cookie({ secret: 'old' })}; ${cookie()}`)).toMatchObject({
    verdict: 'accepted',
  });
});

test('signing out of WordPress ends it, as soon as the database is asked again', async () => {
  const verdict = await provider().verify(cookie());
  const holds = verdict?.verdict === 'accepted' ? verdict.identity.holds : undefined;
  expect(await holds?.()).toMatchObject({ verdict: 'accepted' });
  await session('another token');
  expect(await holds?.()).toMatchObject({ verdict: 'accepted' });
  clock.advance(2000);
  expect(await holds?.()).toEqual(refused('credentials-expired'));
});

test('who signs in to WordPress again is signed in here, whatever is remembered of them', async () => {
  const { verify } = provider();
  await verify(cookie());
  const next = TOKEN.toUpperCase();
  expect(await verify(cookie({ token: next }))).toEqual(refused('credentials-expired'));
  await session(next);
  expect(await verify(cookie({ token: next }))).toMatchObject({ verdict: 'accepted' });
});

test('another password ends it', async () => {
  const verdict = await provider().verify(cookie());
  const holds = verdict?.verdict === 'accepted' ? verdict.identity.holds : undefined;
  await db('wp_users').update({ user_pass: `${PASS.slice(0, -4)}AAAA` });
  clock.advance(2000);
  expect(await holds?.()).toEqual(refused('not-authorized'));
});

test('a database that cannot be read refuses nobody for good', async () => {
  await db.schema.dropTable('wp_usermeta');
  expect(await provider().verify(cookie())).toEqual(refused('temporary-auth-failure'));
});

test('a login that belongs to guests here signs nobody in', async () => {
  await db('wp_users').update({ user_login: 'guest-1' });
  expect(await provider().verify(cookie({ login: 'guest-1' }))).toEqual(refused('not-authorized'));
});

describe('passwords of clients without a browser', () => {
  const generic = '$generic$F6W18u0QEytvRVb59DemVWRxyTxU6vg_VK0s_f-h';
  const password = async (local: string, typed: string, settings: Partial<WordpressSettings>) =>
    provider(settings).verifyPassword?.(local, typed, peer);

  beforeEach(async () => {
    const value = `a:1:{i:0;a:1:{s:8:"password";s:${generic.length}:"${generic}";}}`;
    await db('wp_usermeta').insert({ user_id: 1, meta_key: '_application_passwords', meta_value: value });
  });

  test('are taken only where that is set', () => {
    expect(provider().verifyPassword).toBeUndefined();
  });

  test('an application password signs in, and the one of the account only where that is set, too', async () => {
    const application = { passwords: 'application' } as const;
    const all = { passwords: 'all' } as const;
    const mira = { verdict: 'accepted', identity: { account: 'mira\\20kim@chat.example' } };
    expect(await password('mira\\20kim', 'abcd EFGH 1234 ijkl MNOP 5678', application)).toMatchObject(mira);
    expect(await password('mira\\20kim', 'hashpwn', application)).toEqual(refused('not-authorized'));
    expect(await password('mira\\20kim', 'hashpwn', all)).toMatchObject(mira);
    expect(await password('mira\\20kim', 'wrong', all)).toEqual(refused('not-authorized'));
    const briefly = await password('mira\\20kim', 'hashpwn', { ...all, lasts: 60_000 });
    expect(briefly).toMatchObject({ identity: { grant: { until: clock.now() + 60_000 } } });
  });

  test('of a user are tried under one name alone, whatever the database takes for it', async () => {
    // MySQL passes over accents and blanks at the end.
    const collate = (login: string) => login.normalize('NFD').replace(/\p{M}/gu, '').trim();
    const { verifyPassword } = provider({ passwords: 'all' }, collate);
    expect(await verifyPassword?.('mira\\20kim', 'hashpwn', peer)).toMatchObject({ verdict: 'accepted' });
    for (const name of ['mirá\\20kim', 'mira\\20kim\u0301']) {
      expect(await verifyPassword?.(name, 'hashpwn', peer)).toEqual({ verdict: 'unknown' });
    }
  });

  test('an unknown user is left to others, after as long a time', async () => {
    expect(await password('nobody', 'hashpwn', { passwords: 'all' })).toEqual({ verdict: 'unknown' });
  });
});
