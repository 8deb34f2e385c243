import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RoomPage, recordStatus } from '../e2e/support/room-page.js';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { BareClient, byCookie, byPassword } from './support/bare-client.js';
import { launchBrowser } from './support/browser.js';
import { leftOutWithout } from './support/installed.js';
import { MARIADB_PROGRAMS, MariaDb } from './support/mariadb.js';
import { renewSecret, setKey, setUp, told } from './support/wordpress-plugin.js';
import { inPhp, LOGGED_IN_SECRET, WordpressSite } from './support/wordpress-site.js';
import { WordpressVisitor } from './support/wordpress-visitor.js';

// People who are signed in to a real WordPress chat there as themselves, by the plugin: in a browser, by its real forms.

const ROOM = 'hall@rooms.localhost';
const ada = { login: 'admin', password: 'correct horse', jid: 'admin@localhost', name: 'Ada Lovelace' };
const jan = {
  login: 'Jan Kowalski@example.org',
  password: 'zażółć gęślą',
  jid: 'jan\\20kowalski\\40example.org@localhost',
  name: 'Jań “Ko” Walski 🦆',
};

const skip = leftOutWithout('WordPress', [...MARIADB_PROGRAMS, 'php']) || WordpressSite.isLeftOut();
let db: MariaDb;
let site: WordpressSite;
let browser: Browser;
/** What the plugin and the chat server share. */
let secret = '';
let server: ServerProcess;
let context: BrowserContext;
/** An account of the server's own that made the room, and so sees the addresses of those who come. */
let host: BareClient;

beforeAll(async () => {
  if (skip) return;
  [db, browser] = await Promise.all([MariaDb.start(), launchBrowser()]);
  site = await WordpressSite.start(db);
  secret = await renewSecret(site);
  await site.php(`wp_insert_user(wp_slash(['user_login' => ${inPhp(jan.login)}, 'user_pass' => ${inPhp(jan.password)},
  'user_email' => 'jan@example.org', 'display_name' => ${inPhp(jan.name)}, 'role' => 'subscriber']));
foreach (['block' => '<!-- wp:meerkat/room {"room":"hall"} /-->', 'shortcode' => '[meerkat_room room="hall"]'] as $name => $content)
  wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => $name, 'post_content' => $content]);`);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await db?.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context?.close());

/** Starts a chat server that pages of the site may use, with a room in it. */
async function startServer(settings: Readonly<Record<string, string>>): Promise<void> {
  server = await ServerProcess.start({
    env: {
      MEERKAT_ORIGINS: JSON.stringify([site.url]),
      // A second, for what is asked again and again as long as somebody chats.
      MEERKAT_MODULES__CREDENTIALS__RECHECK: '1000',
      MEERKAT_AUTH__SITE_SESSION__KEEP: '100',
      ...settings,
    },
  });
  await addUser(server, 'host', 'balcony scene');
  host = await BareClient.arrive(server.webSocketUrl, { initial: byPassword('host', 'balcony scene') });
  await host.join(ROOM, 'host');
}

async function stopServer(): Promise<void> {
  host?.cut();
  await server?.stop();
}

/** Waits for somebody to enter the room of whom the server says this. */
const whoEntersWith = (what: string): Promise<string> =>
  host.hears(
    (frame) => frame.startsWith('<presence') && frame.includes(what) && !frame.includes('type="unavailable"'),
  );

/** Waits for somebody to enter the room, as whom the server has let in. @returns the address */
async function whoEnters(): Promise<string> {
  const frame = await host.hears(
    (text) => text.startsWith('<presence') && text.includes(' jid="') && !text.includes('type="unavailable"'),
  );
  return / jid="([^"/]+)/.exec(frame)?.[1] ?? '';
}

interface Before {
  readonly page: Page;
  readonly room: RoomPage;
  readonly visitor: WordpressVisitor;
  /** The way by which the page is connected. */
  readonly link: () => Promise<string | undefined>;
}

/** Somebody with a window of their own. */
async function someone(): Promise<Before> {
  const page = await context.newPage();
  const statuses = await recordStatus(page);
  return {
    page,
    room: new RoomPage(page),
    visitor: new WordpressVisitor(page, site.url),
    link: async () => (await statuses()).findLast(({ state }) => state === 'online')?.link,
  };
}

/** Signs in by the form, chats as who that is, and is out in every window when they have signed out. */
async function signsInAndOut(link: string): Promise<void> {
  const words = `hello from WordPress over ${link}`;
  const one = await someone();
  const entering = whoEnters();
  await one.visitor.signsIn(ada.login, ada.password, '/block/');
  await one.room.isIn();
  expect(await entering).toBe(ada.jid);
  expect(await one.link()).toBe(link);
  const heard = host.hears((frame) => frame.includes(`<body>${words}</body>`));
  await one.room.say(words);
  await one.room.sees(words);
  await heard;

  const other = await someone();
  await other.page.goto(`${site.url}/shortcode/`);
  await other.room.sees(words);
  // Under the name that WordPress shows.
  expect(await other.room.rows.filter({ hasText: words }).textContent()).toContain(ada.name);
  const box = other.page.locator('chat-box');
  await box.getByRole('button').click();
  await box.getByRole('textbox', { name: /^Message to/ }).fill(`café, ${words}`);
  await box.getByRole('textbox', { name: /^Message to/ }).press('Enter');
  await box.getByText(`café, ${words}`).waitFor();

  const left = host.hears(
    (frame) => frame.includes('type="unavailable"') && frame.includes(` jid="${ada.jid}`),
  );
  await one.visitor.signsOut();
  await left;
  const rooms = ['hall', 'cafe'].map((name) => other.page.getByLabel(name, { exact: true }));
  for (const room of rooms) await room.getByText('You are not signed in.', { exact: true }).waitFor();
}

describe.skipIf(skip)('by the database, from another port of the host', () => {
  beforeAll(async () => {
    await startServer({
      MEERKAT_AUTH__WORDPRESS__DATABASE: site.readOnly,
      MEERKAT_AUTH__WORDPRESS__SITE_URL: site.url,
      MEERKAT_AUTH__WORDPRESS__SECRETS: JSON.stringify([LOGGED_IN_SECRET]),
    });
    await setUp(site, { server: server.url, signIn: 'cookie' });
  });
  afterAll(stopServer);

  test('over WebSocket', () => signsInAndOut('websocket'));

  test('over BOSH, where WebSockets are refused', async () => {
    await context.routeWebSocket(/./, (socket) => socket.close());
    await signsInAndOut('bosh');
  });
});

describe.skipIf(skip)('by the plugin, behind one address', () => {
  beforeAll(async () => {
    await setUp(site, { server: site.url, signIn: 'cookie', passwords: 'application' });
    await startServer(await told(site, secret));
    site.proxy.chat = Number(new URL(server.url).port);
  });
  afterAll(stopServer);
  afterEach(() => {
    site.proxy.webSockets = true;
  });

  test('over WebSocket', () => signsInAndOut('websocket'));

  test('over BOSH, where WebSockets are refused', async () => {
    site.proxy.webSockets = false;
    await signsInAndOut('bosh');
  });

  test('another chat program signs in by an application password', async () => {
    const password = await site.php(
      `echo WP_Application_Passwords::create_new_application_password(2, ['name' => 'Chat'])[0];`,
    );
    const local = jan.jid.split('@')[0] ?? '';
    for (const [name, typed, answer] of [
      [local, password, '<success'],
      [local, password.replace(/(.{4})/g, '$1 '), '<success'],
      [local, `${password}x`, '<not-authorized'],
      [local, jan.password, '<not-authorized'],
      ['admin', password, '<not-authorized'],
      ['nobody', password, '<not-authorized'],
    ] as const) {
      const client = await BareClient.arrive(server.webSocketUrl, { initial: byPassword(name, typed) });
      expect(client.answer, `${name} ${typed}`).toContain(answer);
      if (answer === '<success') expect(client.jid.split('/')[0]).toBe(jan.jid);
      client.cut();
    }
    expect(server.output).not.toContain(password);
  });

  test('nothing that signs anybody in is in the log', () => {
    expect(server.output).not.toMatch(/wordpress_logged_in_|eyJ/);
    expect(server.output).not.toContain(secret);
  });
});

describe.skipIf(skip)('by tokens of the plugin, where no cookie reaches the chat', () => {
  const key = 'a key of the API of 32 characters'.replaceAll(' ', '-');

  beforeAll(async () => {
    await setUp(site, { signIn: 'token' });
    await startServer({
      ...(await told(site, secret)),
      MEERKAT_API__KEYS: JSON.stringify([{ name: 'blog', key, scopes: ['sessions:write'] }]),
    });
    await setUp(site, { server: server.url.replace('127.0.0.1', 'localhost'), signIn: 'token' });
  });
  afterAll(stopServer);
  afterEach(() => site.proxy.kept.clear());

  test('users chat as themselves, and are out at once where the plugin may tell the server', async () => {
    const one = await someone();
    const entering = whoEnters();
    await one.visitor.signsIn(jan.login, jan.password, '/block/');
    await one.room.isIn();
    expect(await entering).toBe(jan.jid);
    await one.room.say('by a token');
    await one.room.sees('by a token');
    const other = await someone();
    await other.page.goto(`${site.url}/shortcode/`);
    await other.room.sees('by a token');

    await setKey(site, key);
    const left = host.hears((frame) => frame.includes('type="unavailable"') && frame.includes(jan.jid));
    await one.visitor.signsOut();
    await left;
    await other.room.element.getByText('You are signed out.', { exact: true }).waitFor();
  });

  test('with another role, one goes on in the same page with the rights of that role in that room', async () => {
    await setUp(site, {
      server: server.url.replace('127.0.0.1', 'localhost'),
      signIn: 'token',
      'rights[editor]': 'rooms',
      'roomRights[0][room]': 'hall',
      'roomRights[0][role]': 'editor',
      'roomRights[0][right]': 'moderate',
    });
    const { room, visitor } = await someone();
    const entering = whoEntersWith('affiliation="none"');
    await visitor.signsIn(jan.login, jan.password, '/block/');
    await room.isIn();
    await entering;
    const back = whoEntersWith('affiliation="admin"');
    await site.php(`get_user_by('login', ${inPhp(jan.login)})->set_role('editor');`);
    await back;
    await room.say('with other rights');
    await room.sees('with other rights');
  });

  test('who changes their password goes on where they did so', async () => {
    const { page, room, visitor } = await someone();
    await visitor.signsIn(jan.login, jan.password, '/block/');
    await room.isIn();
    const other = await someone();
    const left = host.hears((frame) => frame.includes('type="unavailable"') && frame.includes(jan.jid));
    const back = whoEntersWith(`jid="${jan.jid}`);
    await other.visitor.changesPassword('pufferfish, and more of it');
    await left;
    await back;
    await room.say('still here');
    await room.sees('still here');
    expect(page.url()).toBe(`${site.url}/block/`);
    await site.php(`wp_set_password(wp_slash(${inPhp(jan.password)}), 2);`);
  });

  test('a page that a cache has of somebody makes nobody else of who sees it', async () => {
    const first = await someone();
    await first.visitor.signsIn(ada.login, ada.password, '/block/');
    await first.room.isIn();
    const kept = await first.page.evaluate(async () => (await fetch(location.href)).text());
    expect(kept).toContain('token-nonce=');
    await context.close();

    site.proxy.kept.set('/block/', kept);
    context = await browser.newContext();
    const user = await someone();
    await user.visitor.signsIn(jan.login, jan.password, '/block/');
    await user.room.isIn();
    const heard = host.hears((frame) => frame.includes('<body>from a cache</body>'));
    await user.room.say('from a cache');
    expect(await heard).toContain(`from="${ROOM}/${jan.name}"`);
    await context.close();

    context = await browser.newContext();
    const guest = await someone();
    const entering = whoEntersWith('jid="guest-');
    await guest.page.goto(`${site.url}/block/`);
    await guest.room.isIn();
    await entering;
  });

  test('who is not signed in is a guest', async () => {
    const { page, room } = await someone();
    const entering = whoEnters();
    await page.goto(`${site.url}/block/`);
    await room.isIn();
    expect(await entering).toMatch(/^guest-/);
  });
});

describe.skipIf(skip)('in a network, by the database', () => {
  const sue = { login: 'sue', password: 'swordfish', jid: 'sue@localhost' };

  beforeAll(async () => {
    await site.becomeNetwork();
    await startServer({
      MEERKAT_AUTH__WORDPRESS__DATABASE: site.readOnly,
      MEERKAT_AUTH__WORDPRESS__SITE_URL: `${site.url}/`,
      MEERKAT_AUTH__WORDPRESS__SECRETS: JSON.stringify([LOGGED_IN_SECRET]),
      MEERKAT_AUTH__WORDPRESS__NETWORK_SITE: '2',
    });
    await site.php(`switch_to_blog(2);
$sue = wp_insert_user(['user_login' => 'sue', 'user_pass' => 'swordfish', 'user_email' => 'sue@example.org']);
add_user_to_blog(2, $sue, 'editor');
wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'block',
  'post_content' => '<!-- wp:meerkat/room {"room":"hall"} /-->']);`);
    await setUp(site, { server: server.url, signIn: 'cookie' }, 2);
  });
  afterAll(stopServer);

  test('users of a site of it chat as themselves, with the rights of their roles there', async () => {
    const { room, visitor } = await someone();
    const entering = host.hears((frame) => frame.startsWith('<presence') && frame.includes(sue.jid));
    await visitor.signsIn(sue.login, sue.password, '/sub/block/');
    await room.isIn();
    expect(await entering).toContain('affiliation="admin"');
  });

  test('users of another site of it do not', async () => {
    const { visitor } = await someone();
    await visitor.signsIn(jan.login, jan.password, '/sub/block/');
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { Origin: site.url, Cookie: cookies };
    const client = await BareClient.arrive(server.webSocketUrl, { initial: byCookie, headers });
    expect(client.answer).toContain('<not-authorized');
    client.cut();
  });

  test('what somebody shares is shared on that site alone; taking the plugin away leaves nothing', async () => {
    const shared = await site.php(`use Meerkat\\Chat\\Profile;
switch_to_blog(2);
update_user_option(1, Profile::STATUS_ID, 'k7Qw');
$there = Profile::status_id(1);
restore_current_blog();
echo $there, ' ', Profile::status_id(1);`);
    expect(shared).toBe('k7Qw');
    const left = () =>
      db.sql(
        `SELECT meta_key FROM wp_usermeta WHERE meta_key LIKE '%meerkat%';
        SELECT option_name FROM wp_options WHERE option_name LIKE '%meerkat%';
        SELECT option_name FROM wp_2_options WHERE option_name LIKE '%meerkat%';`,
        'wordpress',
      );
    const before = await left();
    for (const name of ['meerkat_chat', 'meerkat_chat_secret', 'wp_2_meerkat_chat_status_id']) {
      expect(before.split('\n')).toContain(name);
    }
    await site.php(`define('WP_UNINSTALL_PLUGIN', 'meerkat-chat/meerkat-chat.php');
require WP_PLUGIN_DIR . '/meerkat-chat/uninstall.php';`);
    expect(await left()).toBe('');
  });
});
