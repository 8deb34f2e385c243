import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { BareClient, byBearer, byCookie } from './support/bare-client.js';
import { leftOutWithout } from './support/installed.js';
import { MARIADB_PROGRAMS, MariaDb } from './support/mariadb.js';
import { renewSecret, setKey, setUp, told } from './support/wordpress-plugin.js';
import { chatToken, signIn, type WordpressSignIn } from './support/wordpress-sign-in.js';
import { inPhp, LOGGED_IN_SECRET, WordpressSite } from './support/wordpress-site.js';

// Whatever ends a sign-in to a real WordPress ends the chat of it: at once where the plugin may tell the chat server, else
// when the cookie is looked at again; and nobody else's.

const skip = leftOutWithout('WordPress', [...MARIADB_PROGRAMS, 'php']) || WordpressSite.isLeftOut();
const key = 'a-key-of-the-API-of-32-characters';

let db: MariaDb;
let site: WordpressSite;
/** What the plugin and the chat server share. */
let secret = '';
let server: ServerProcess;

beforeAll(async () => {
  if (skip) return;
  db = await MariaDb.start();
  site = await WordpressSite.start(db);
  secret = await renewSecret(site);
});
afterAll(async () => {
  await site?.stop();
  await db?.stop();
});

/** A way to sign in: what the plugin has, and what the chat server is told, for a site of this address and number. */
interface Way {
  readonly name: string;
  readonly signIn: 'cookie' | 'token';
  readonly hasKey: boolean;
  readonly settings: (blog: number) => Promise<Readonly<Record<string, string>>>;
}

const looksAgain = { MEERKAT_MODULES__CREDENTIALS__RECHECK: '1000', MEERKAT_AUTH__SITE_SESSION__KEEP: '100' };
const byDatabase = async (blog: number) => ({
  MEERKAT_ORIGINS: JSON.stringify([site.url]),
  MEERKAT_AUTH__WORDPRESS__DATABASE: site.readOnly,
  MEERKAT_AUTH__WORDPRESS__SITE_URL: blog === 1 ? site.url : `${site.url}/`,
  MEERKAT_AUTH__WORDPRESS__SECRETS: JSON.stringify([LOGGED_IN_SECRET]),
  MEERKAT_AUTH__WORDPRESS__KEEP: '100',
  ...(blog === 1 ? {} : { MEERKAT_AUTH__WORDPRESS__NETWORK_SITE: String(blog) }),
});
const ways: readonly Way[] = [
  {
    name: 'by tokens, told at once',
    signIn: 'token',
    hasKey: true,
    settings: (blog) => told(site, secret, blog),
  },
  {
    name: 'by the cookie and the plugin, asked again',
    signIn: 'cookie',
    hasKey: false,
    settings: async (blog) => ({ ...(await told(site, secret, blog)), ...looksAgain }),
  },
  {
    name: 'by the cookie and the database, looked at again',
    signIn: 'cookie',
    hasKey: false,
    settings: async (blog) => ({ ...(await byDatabase(blog)), ...looksAgain }),
  },
  {
    name: 'by the cookie and the database, told at once',
    signIn: 'cookie',
    hasKey: true,
    settings: byDatabase,
  },
];

/** Starts a chat server for a site, set up as its settings page would have it. */
async function start(way: Way, blog: number): Promise<void> {
  await setUp(site, { signIn: way.signIn }, blog);
  server = await ServerProcess.start({
    env: {
      ...(await way.settings(blog)),
      MEERKAT_API__KEYS: JSON.stringify([{ name: 'blog', key, scopes: ['sessions:write'] }]),
    },
  });
  // Who has no role on the site may not chat.
  await setUp(site, { server: server.url, signIn: way.signIn, 'rights[none]': 'none' }, blog);
  await setKey(site, way.hasKey ? key : '', blog);
}

/** Somebody who has signed in twice and chats by each. */
interface Scene {
  readonly id: number;
  readonly kept: WordpressSignIn;
  readonly here: BareClient;
  readonly there: BareClient;
}

/** What WordPress does to somebody, as PHP. */
type Deed = (someone: Pick<Scene, 'id' | 'kept'>) => string;

const elsewhere: Deed = ({ id, kept }) =>
  `WP_Session_Tokens::get_instance(${id})->destroy_others(${inPhp(kept.session)});`;
const onSite: Readonly<Record<string, Deed>> = {
  'another password by the profile': ({ id }) =>
    `wp_update_user(['ID' => ${id}, 'user_pass' => 'pufferfish']);`,
  'a forgotten password replaced': ({ id }) => `reset_password(get_userdata(${id}), 'pufferfish');`,
  'all sessions ended': ({ id }) => `WP_Session_Tokens::get_instance(${id})->destroy_all();`,
  'the account deleted': ({ id }) => `wp_delete_user(${id});`,
};
/** In a network all of it is done on its first site, while the chat is that of another. */
const inNetwork: Readonly<Record<string, Deed>> = {
  'another password': ({ id }) => `wp_update_user(['ID' => ${id}, 'user_pass' => 'pufferfish']);`,
  'removed from the site': ({ id }) => `remove_user_from_blog(${id}, 2);`,
  'marked as spam': ({ id }) => `wp_update_user(['ID' => ${id}, 'spam' => '1']);`,
  'deleted from the network': ({ id }) => `wpmu_delete_user(${id});`,
};

let count = 0;
let clients: BareClient[] = [];
beforeEach(() => {
  clients = [];
});
afterEach(() => {
  for (const client of clients) client.cut();
});

async function arrive(way: Way, blog: number, by: WordpressSignIn): Promise<BareClient> {
  const url = blog === 1 ? site.url : `${site.url}/sub`;
  const client = await BareClient.arrive(server.webSocketUrl, {
    initial: way.signIn === 'token' ? byBearer(await chatToken(url, by, site.url)) : byCookie,
    headers: { Origin: site.url, ...(way.signIn === 'token' ? {} : { Cookie: by.cookie }) },
  });
  expect(client.answer).toContain('<success');
  clients.push(client);
  return client;
}

/** Adds users to WordPress, who come to chat. */
async function comeIn(way: Way, blog: number, howMany: number): Promise<readonly Scene[]> {
  const names = Array.from({ length: howMany }, () => `user${++count}`);
  const ids = await site.php(
    names
      .map(
        (name) => `$id = wp_insert_user(['user_login' => ${inPhp(name)}, 'user_pass' => 'swordfish',
  'role' => 'author', 'user_email' => ${inPhp(`${name}@example.org`)}]);
if (is_multisite()) add_user_to_blog(${blog}, $id, 'author');
echo $id, ' ';`,
      )
      .join('\n'),
  );
  return Promise.all(
    ids.split(' ').map(async (id, at) => {
      const lost = await signIn(site.url, names[at] ?? '', 'swordfish');
      const kept = await signIn(site.url, names[at] ?? '', 'swordfish');
      const there = await arrive(way, blog, lost);
      return { id: Number(id), kept, there, here: await arrive(way, blog, kept) };
    }),
  );
}

/** Waits until the server has ended sessions. */
const end = (...some: readonly BareClient[]) =>
  Promise.all(some.map((client) => client.hears((frame) => frame.startsWith('<close'))));

/** Somebody still chats. */
async function goesOn(client: BareClient): Promise<void> {
  await client.join('hall@rooms.localhost', client.jid.split('/')[1] ?? '');
  expect(client.open).toBe(true);
}

/** Each of these ends what one of several users has, and nothing of others. */
async function endsAll(way: Way, blog: number, deeds: Readonly<Record<string, Deed>>): Promise<void> {
  const scenes = await comeIn(way, blog, Object.keys(deeds).length + 2);
  const [untouched, leaving, ...others] = scenes;
  if (!untouched || !leaving) throw new Error('nobody came');
  const done = Object.entries(deeds).map(([name, deed], at) => {
    const someone = others[at] ?? expect.unreachable();
    const late = () => name;
    return { php: deed(someone), late: end(someone.here, someone.there).then(() => '', late) };
  });
  const left = end(leaving.there);
  await site.php(`require_once ABSPATH . 'wp-admin/includes/user.php';
require_once ABSPATH . 'wp-admin/includes/ms.php';
${[elsewhere(leaving), ...done.map(({ php }) => php)].join('\n')}`);
  await left;
  const late = await Promise.all(done.map((one) => one.late));
  expect(late.filter((name) => name !== '')).toEqual([]);
  await goesOn(leaving.here);
  await goesOn(untouched.there);
}

describe.skipIf(skip).each(ways)('$name', (way) => {
  beforeAll(() => start(way, 1));
  afterAll(() => server?.stop());

  test('what ends sign-ins ends their chat, and no other', () => endsAll(way, 1, onSite));
});

describe.skipIf(skip)('in a network', () => {
  beforeAll(async () => {
    await site.becomeNetwork();
    secret = await renewSecret(site, 2);
  });

  // The last way tells the chat server as the first one does.
  describe.each(ways.slice(0, 3))('$name', (way) => {
    beforeAll(() => start(way, 2));
    afterAll(() => server?.stop());

    test('what ends sign-ins ends their chat, and no other', () => endsAll(way, 2, inNetwork));
  });
});
