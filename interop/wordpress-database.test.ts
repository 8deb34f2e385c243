import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { BareClient, byCookie, byPassword } from './support/bare-client.js';
import { leftOutWithout } from './support/installed.js';
import { MARIADB_PROGRAMS, MariaDb } from './support/mariadb.js';
import {
  loginCookie,
  meta,
  role,
  SECRET,
  session,
  type TableUser,
  tables,
  user,
} from './support/wordpress-tables.js';

// The server reads WordPress's database: a real one, by an account that may do nothing else.

const SITE = 'http://blog.example';
const ROOM = 'hall@rooms.localhost';
const TOKEN = '43letters43letters43letters43letters43lette';
const until = Math.floor(Date.now() / 1000) + 3600;
const mira = { id: 1, login: 'Mira_O-Brien', displayName: 'Míra “O’Brien” 🦆' };
const jan = { id: 2, login: 'Jan Kowalski.v2@example.org' };
const zolw = { id: 3, login: 'żółw', displayName: 'Żółw' };

const skip = leftOutWithout('what is read of WordPress’s database', MARIADB_PROGRAMS);
let db: MariaDb;
let server: ServerProcess | undefined;

/** Makes an account that may read three tables, and nothing of the rest. */
async function reader(name: string, prefix: string, third: string): Promise<string> {
  const tablesOf = ['users', 'usermeta', third].map((table) => `wp.${prefix}${table}`);
  await db.sql(
    `CREATE USER '${name}'@'127.0.0.1' IDENTIFIED BY 'pass-${name}';` +
      tablesOf.map((table) => `GRANT SELECT ON ${table} TO '${name}'@'127.0.0.1';`).join(''),
  );
  return `mysql://${name}:pass-${name}@127.0.0.1:${db.port}/wp`;
}

beforeAll(async () => {
  if (skip) return;
  db = await MariaDb.start();
  await db.sql(`CREATE DATABASE wp CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci; USE wp; ${tables('wp_')}
    ${[mira, jan, zolw].map((one) => user('wp_', one)).join('')}
    ${[mira, jan].map(({ id }) => meta('wp_', id, 'session_tokens', session(TOKEN, until))).join('')}
    ${meta('wp_', zolw.id, 'session_tokens', session(TOKEN, until, 'Przeglądarka/1.0 🦆'))}
    ${meta('wp_', mira.id, 'wp_capabilities', role('editor'))}`);
});
afterAll(() => db?.stop());
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function start(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const named = Object.entries(settings).map(([key, value]) => [`MEERKAT_AUTH__WORDPRESS__${key}`, value]);
  server = await ServerProcess.start({
    env: {
      MEERKAT_AUTH__WORDPRESS__SECRETS: JSON.stringify([SECRET]),
      MEERKAT_AUTH__WORDPRESS__SITE_URL: SITE,
      MEERKAT_AUTH__WORDPRESS__KEEP: '0',
      MEERKAT_MODULES__CREDENTIALS__RECHECK: '1000',
      ...Object.fromEntries(named),
    },
  });
  return server;
}

/** Signs in by the cookie of a user. */
function arrive(chat: ServerProcess, one: Pick<TableUser, 'login'>, site = SITE): Promise<BareClient> {
  const headers = { Origin: chat.url, Cookie: loginCookie(site, one, TOKEN, until) };
  return BareClient.arrive(chat.webSocketUrl, { initial: byCookie, headers });
}

/** A guest is in a room, so that nobody who is tried becomes its owner by making it. */
async function made(chat: ServerProcess): Promise<void> {
  const guest = await BareClient.arrive(chat.webSocketUrl);
  await guest.join(ROOM, 'guest');
}

describe.skipIf(skip)('a site of its own', () => {
  let database = '';
  beforeAll(async () => {
    database = await reader('chat_ro', 'wp_', 'options');
  });

  test('users are who they are there, in any letters, by an account that may only read', async () => {
    const chat = await start({ DATABASE: database });
    for (const [one, jid] of [
      [mira, 'mira_o-brien'],
      [jan, 'jan\\20kowalski.v2\\40example.org'],
      [zolw, 'żółw'],
    ] as const) {
      const client = await arrive(chat, one);
      expect(client.jid.split('@localhost')[0]).toBe(jid);
      client.cut();
    }
    await made(chat);
    const editor = await arrive(chat, mira);
    expect(await editor.join(ROOM, 'mira')).toContain('affiliation="admin"');
    editor.cut();
    // The collation takes them for the same as somebody who is there.
    for (const login of ['zolw', 'mira_o-brien', 'Mira_O-Brien ', 'nobody']) {
      const other = await arrive(chat, { login });
      expect(other.answer).toContain('<not-authorized');
      other.cut();
    }
    expect(chat.output).not.toContain('pass-chat_ro');
    expect(chat.output).not.toContain(TOKEN);
  });

  test('a secret that WordPress keeps itself is read, and sign-outs are noticed', async () => {
    await db.sql(
      `INSERT INTO wp_options (option_name, option_value) VALUES ('logged_in_key', '${SECRET.slice(0, 9)}'),
        ('logged_in_salt', '${SECRET.slice(9).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`,
      'wp',
    );
    const chat = await start({ DATABASE: database, SECRETS: '[]' });
    const client = await arrive(chat, zolw);
    expect(client.answer).toContain('<success');
    const ended = client.hears((frame) => frame.includes('<not-authorized'));
    await db.sql(`UPDATE wp_usermeta SET meta_value = 'a:0:{}' WHERE user_id = ${zolw.id}`, 'wp');
    expect(await ended).toContain('stream');
  });

  test('passwords are held against the hashes', async () => {
    const chat = await start({ DATABASE: database, PASSWORDS: 'all' });
    const tries = [
      ['mira_o-brien', 'hashpwn', '<success'],
      ['jan\\20kowalski.v2\\40example.org', 'hashpwn', '<success'],
      ['mira_o-brien', 'hashpwm', '<not-authorized'],
      ['nobody', 'hashpwn', '<not-authorized'],
    ] as const;
    for (const [name, password, answer] of tries) {
      const client = await BareClient.arrive(chat.webSocketUrl, { initial: byPassword(name, password) });
      expect(client.answer).toContain(answer);
      client.cut();
    }
  });

  test('no more connections are made than are set, and all who wait get in', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => ({ id: 100 + n, login: `many${n}` }));
    await db.sql(
      ids
        .map((one) => user('wp_', one) + meta('wp_', one.id, 'session_tokens', session(TOKEN, until)))
        .join(''),
      'wp',
    );
    const chat = await start({ DATABASE: database, CONNECTIONS: '2' });
    const clients = await Promise.all(ids.map((one) => arrive(chat, one)));
    expect(clients.filter(({ answer }) => answer.includes('<success'))).toHaveLength(40);
    const peak = await db.sql("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'chat_ro'");
    expect(Number(peak)).toBeGreaterThan(0);
    expect(Number(peak)).toBeLessThanOrEqual(2);
    for (const client of clients) client.cut();
  });

  test('connections that are lost are made again, and nobody is signed out for a database that is away', async () => {
    const chat = await start({ DATABASE: database });
    const staying = await arrive(chat, mira);
    await db.sql("KILL CONNECTION USER 'chat_ro'@'127.0.0.1'");
    const again = await arrive(chat, jan);
    expect(again.answer).toContain('<success');
    again.cut();

    await db.kill();
    const during = await arrive(chat, jan);
    expect(during.answer).toContain('<temporary-auth-failure');
    during.cut();
    await db.startAgain();
    const after = await arrive(chat, jan);
    expect(after.answer).toContain('<success');
    after.cut();
    expect(await staying.join(ROOM, 'mira')).toContain('code="110"');
    expect(chat.output).toContain('database cannot be read');
    expect(chat.output).not.toContain('pass-chat_ro');
    staying.cut();
  });

  test('a database that hangs is waited for as long as is set, and is asked again when it does not', async () => {
    const chat = await start({ DATABASE: database, TIMEOUT: '500' });
    const before = await arrive(chat, jan);
    before.cut();
    db.freeze();
    try {
      // By the connection that there is, and by one that would have to be made.
      const both = await Promise.all([arrive(chat, jan), arrive(chat, mira)]);
      for (const { answer } of both) expect(answer).toContain('<temporary-auth-failure');
    } finally {
      db.thaw();
    }
    const after = await arrive(chat, jan);
    expect(after.answer).toContain('<success');
    after.cut();
  });
});

describe.skipIf(skip)('a network of sites', () => {
  const NETWORK = 'http://blog.example/';
  const all = [
    { id: 1, login: 'main' },
    { id: 2, login: 'sub' },
    { id: 3, login: 'spammer' },
  ];

  test('users of one of them are in, by their roles there, and others are not', async () => {
    await db.sql(
      `${tables('net_', true)} ${all.map((one) => user('net_', one) + meta('net_', one.id, 'session_tokens', session(TOKEN, until))).join('')}
      ${meta('net_', 1, 'net_capabilities', role('administrator'))}
      ${[2, 3].map((id) => meta('net_', id, 'net_2_capabilities', role('editor'))).join('')}
      UPDATE net_users SET spam = 1 WHERE ID = 3;
      INSERT INTO net_sitemeta (meta_key, meta_value) VALUES ('logged_in_key', 'a'), ('logged_in_salt', 'b')`,
      'wp',
    );
    const database = await reader('net_ro', 'net_', 'sitemeta');
    const settings = { DATABASE: database, PREFIX: 'net_', SITE_URL: NETWORK };
    const chat = await start({ ...settings, NETWORK_SITE: '2' });
    await made(chat);
    const [main, sub, spammer] = await Promise.all(all.map((one) => arrive(chat, one, NETWORK)));
    expect(main?.answer).toContain('<not-authorized');
    expect(spammer?.answer).toContain('<not-authorized');
    expect(await sub?.join(ROOM, 'sub')).toContain('affiliation="admin"');
    // The hash of the cookie's name is that of the network's address, which ends in a slash.
    const other = await arrive(chat, { login: 'sub' }, SITE);
    expect(other.answer).toContain('<invalid-mechanism');
    for (const client of [main, sub, spammer, other]) client?.cut();
  });
});
