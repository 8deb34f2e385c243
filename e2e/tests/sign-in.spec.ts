import { expect, test } from '../support/fixtures.js';
import { Observer } from '../support/observer.js';
import { RoomPage } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';
import { siteToken } from '../support/site-token.js';

// Elements whose visitors are signed in to the site around them: by tokens of its back end, and by its cookie.

const SECRET = '0123456789-0123456789-0123456789-0123456789';
const secrets = { MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([SECRET]) };

test.use({ serverOptions: { env: secrets } });

const tokenOf = (sub: string, more: object = {}) =>
  siteToken(SECRET, { sub, rooms: { '*': 'write' }, ...more });

/** A page with these tags, each 300 px high. */
const document = (server: string, ...tags: readonly string[]) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title>
<style>chat-room { display: block; height: 300px }</style>
<script type="module" src="${server}/embed.js"></script>${tags.join('')}</html>`;

test('who is signed in to the site chats as themselves, and nobody else on the page does', async ({
  server,
  otherSite,
  page,
}) => {
  const asked: unknown[] = [];
  otherSite.answers('/chat-token', ({ method, headers }) => {
    asked.push([method, headers.cookie, headers['x-wp-nonce']]);
    return { body: JSON.stringify({ token: tokenOf('mira'), expiresIn: 3600 }) };
  });
  const mine = '<chat-room room="ROOM" token-from="/chat-token" token-nonce="n1"></chat-room>';
  otherSite.page(
    '/shop.html',
    document(
      server.url,
      mine.replace('ROOM', 'hall'),
      mine.replace('ROOM', 'garden'),
      '<chat-room room="hall" nick="Visitor"></chat-room>',
    ),
  );
  await page.context().addCookies([{ name: 'session', value: 's1', url: otherSite.url }]);
  await page.goto(`${otherSite.url}/shop.html`);
  const room = new RoomPage(page.mainFrame());
  const [hall, garden, guest] = [0, 1, 2].map((index) => room.element.nth(index));
  const write = async (element: typeof hall, text: string) => {
    const field = element?.getByRole('textbox', { name: /^Message to/ });
    await field?.fill(text);
    await field?.press('Enter');
  };
  await expect(hall?.getByRole('button', { name: '2 here' }) ?? room.element).toBeVisible();
  await write(hall, 'From Mira');
  await write(garden, 'In the garden');
  await write(guest, 'From somebody');
  const names = (element: typeof hall) => element?.locator('[part=name]').allTextContents();
  await expect.poll(() => names(hall)).toEqual(['mira', 'Visitor']);
  await expect.poll(() => names(garden)).toEqual(['mira']);
  expect(asked).toEqual([['POST', 'session=s1', 'n1']]);

  // The next page asks who it is, and goes on with the session.
  await page.reload();
  await expect.poll(() => names(hall)).toEqual(['mira', 'Visitor']);
  await expect.poll(() => asked.length).toBe(2);
});

test('a box signs in as the elements do', async ({ server, otherSite, page }) => {
  otherSite.answers('/chat-token', () => ({ body: tokenOf('mira') }));
  const tag = '<chat-box room="cafe" state="open" token-from="/chat-token"></chat-box>';
  otherSite.page('/shop.html', document(server.url, tag));
  await page.goto(`${otherSite.url}/shop.html`);
  const room = new RoomPage(page);
  await room.say('From the corner');
  await expect.poll(() => room.element.locator('[part=name]').allTextContents()).toEqual(['mira']);
});

test('whom the site does not know is a guest', async ({ server, otherSite, page }) => {
  otherSite.answers('/chat-token', () => ({ status: 401 }));
  otherSite.page(
    '/shop.html',
    document(server.url, '<chat-room room="hall" token-from="/chat-token"></chat-room>'),
  );
  await page.goto(`${otherSite.url}/shop.html`);
  const room = new RoomPage(page);
  await room.say('Hello');
  await room.giveName('Tom');
  await room.sees('Hello');
});

test('where guests are turned away, one is asked to sign in, and then is in', async ({ otherSite, page }) => {
  const server = await ServerProcess.start({ env: { ...secrets, MEERKAT_AUTH__GUESTS: 'false' } });
  try {
    let user = '';
    otherSite.answers('/chat-token', () => (user ? { body: tokenOf(user) } : { status: 401 }));
    otherSite.answers('/login', () => {
      user = 'mira';
      return { status: 302, headers: { location: '/shop.html' } };
    });
    const tag = '<chat-room room="hall" token-from="/chat-token" sign-in="/login"></chat-room>';
    otherSite.page('/shop.html', document(server.url, tag));
    await page.goto(`${otherSite.url}/shop.html`);
    await expect(page.getByText('Sign in to chat.', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Sign in' }).click();
    const room = new RoomPage(page);
    await room.say('Now I may');
    await room.sees('Now I may');

    // The site says that somebody has signed out: told where one is.
    user = '';
    await page.reload();
    await expect(page.getByText('Sign in to chat.', { exact: true })).toBeVisible();

    // They have signed in on another page of the site, and come back to this one.
    user = 'zoe';
    await page.getByRole('button', { name: 'Try again' }).click();
    await room.say('So do I');
    await room.sees('So do I');
  } finally {
    await server.stop();
  }
});

test('a site that does not answer is told, and asked again', async ({ server, otherSite, page }) => {
  let down = true;
  otherSite.answers('/chat-token', () => (down ? { status: 503 } : { body: tokenOf('mira') }));
  otherSite.page(
    '/shop.html',
    document(server.url, '<chat-room room="hall" token-from="/chat-token"></chat-room>'),
  );
  const warned: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warned.push(message.text());
  });
  await page.goto(`${otherSite.url}/shop.html`);
  await expect(
    page.getByText('This site does not say who you are right now.', { exact: true }),
  ).toBeVisible();
  expect(warned).toEqual(['Chat: token from /chat-token: it answered 503']);
  down = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  const room = new RoomPage(page);
  await room.say('It is back');
  await room.sees('It is back');
});

test('a page whose own way to a token never answers is told of, and may answer late', async ({
  server,
  otherSite,
  page,
}) => {
  const script =
    "<script>document.querySelector('chat-room').getToken = () => new Promise((resolve) => { window.give = resolve })</script>";
  otherSite.page('/shop.html', document(server.url, '<chat-room room="hall"></chat-room>', script));
  await page.clock.install();
  await page.goto(`${otherSite.url}/shop.html`);
  await page.waitForFunction(() => 'give' in window);
  const down = page.getByText('This site does not say who you are right now.', { exact: true });
  await expect(down).toBeHidden();
  await page.clock.fastForward(15_000);
  await expect(down).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await page.evaluate((token) => {
    const { give } = window as unknown as { give: (token: string) => void };
    give(token);
  }, tokenOf('mira'));
  const room = new RoomPage(page);
  await room.say('At last');
  await room.sees('At last');
});

test('a token that the server does not take: the visitor is told plainly, the owner why', async ({
  server,
  otherSite,
  page,
}) => {
  otherSite.answers('/chat-token', () => ({
    body: siteToken('another secret, of somebody else altogether', { sub: 'mira', aud: 'elsewhere' }),
  }));
  otherSite.page(
    '/shop.html',
    document(server.url, '<chat-room room="hall" token-from="/chat-token"></chat-room>'),
  );
  const warned: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warned.push(message.text());
  });
  await page.goto(`${otherSite.url}/shop.html`);
  await expect(
    page.getByText('The chat does not take your sign-in from this site.', { exact: true }),
  ).toBeVisible();
  await expect.poll(() => warned).toEqual([expect.stringContaining('sub "mira", aud "elsewhere"')]);
});

test('an element goes to another session as its attributes say', async ({ server, otherSite, page }) => {
  otherSite.answers('/chat-token', () => ({ body: tokenOf('mira') }));
  otherSite.page('/shop.html', document(server.url, '<chat-room room="hall" nick="Tom"></chat-room>'));
  await page.goto(`${otherSite.url}/shop.html`);
  const room = new RoomPage(page);
  await room.say('As a guest');
  await room.sees('As a guest');
  await room.element.evaluate((element) => {
    element.removeAttribute('nick');
    element.setAttribute('token-from', '/chat-token');
  });
  // The guest stays until the other one is there.
  await room.element.getByRole('button', { name: '1 here' }).click();
  await expect(room.element.locator('[part=people]')).toContainText('mira');
  await room.say('As myself');
  await expect.poll(() => room.element.locator('[part=name]').allTextContents()).toEqual(['Tom', 'mira']);
});

test('a guest beside one who signs in stays a guest, and nobody in their room sees who signs in', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  otherSite.answers('/chat-token', () => ({ body: tokenOf('mira') }));
  otherSite.page(
    '/shop.html',
    document(
      server.url,
      '<chat-room room="hall" nick="Tom"></chat-room>',
      '<chat-room room="garden" nick="Tom" auth="guest"></chat-room>',
    ),
  );
  await page.goto(`${otherSite.url}/shop.html`);
  const rooms = page.locator('chat-room');
  for (const at of [0, 1]) await expect(rooms.nth(at).getByRole('button', { name: '1 here' })).toBeVisible();
  const observer = await Observer.join(browser, server.webSocketUrl, 'garden');
  const other = await Observer.join(browser, server.webSocketUrl, 'hall');
  const field = rooms.nth(1).getByRole('textbox', { name: /^Message to/ });
  await field.fill('As a guest');
  await field.press('Enter');
  await rooms.first().evaluate((element) => {
    element.removeAttribute('nick');
    element.setAttribute('token-from', '/chat-token');
  });
  // Whoever comes closes what the one before them had open.
  await expect.poll(async () => (await other.presences()).join()).toMatch(/\/mira"/);
  await rooms.first().getByRole('button', { name: '2 here' }).click();
  await expect(rooms.first().locator('[part=people]')).toHaveText(/mira/);
  await expect(rooms.first().locator('[part=people]')).not.toContainText('Tom');
  await field.fill('Still nobody');
  await field.press('Enter');
  await expect.poll(() => observer.bodies()).toEqual(['As a guest', 'Still nobody']);
  expect(await observer.presences()).toEqual([]);
  await expect(rooms.nth(1).locator('[part=row][data-own]')).toHaveCount(2);
});

test('who signs out of the site while chatting by a token is told so, and may come back', async ({
  server,
  otherSite,
  page,
}) => {
  let user = 'mira';
  otherSite.answers('/chat-token', () =>
    user ? { body: tokenOf(user, { until: Date.now() / 1000 + 8 }) } : { status: 401 },
  );
  otherSite.page(
    '/shop.html',
    document(server.url, '<chat-room room="hall" token-from="/chat-token"></chat-room>'),
  );
  await page.goto(`${otherSite.url}/shop.html`);
  const room = new RoomPage(page);
  await room.say('Still here');
  await room.sees('Still here');
  user = '';
  await expect(page.getByText('You are signed out.', { exact: true })).toBeVisible({ timeout: 30_000 });
  user = 'joe';
  await page.getByRole('button', { name: 'Join again' }).click();
  await room.say('Somebody else');
  await expect.poll(() => room.element.locator('[part=name]').allTextContents()).toEqual(['mira', 'joe']);
});

test("the site's cookie signs in on the same site, and signing out of the site is told", async ({
  otherSite,
  page,
}) => {
  let known = true;
  otherSite.answers('/chat-user', ({ headers }) =>
    known && headers.cookie?.includes('session=s1') ? { body: '{"sub":"mira"}' } : { status: 401 },
  );
  const server = await ServerProcess.start({
    env: {
      MEERKAT_ORIGINS: JSON.stringify([otherSite.url]),
      MEERKAT_AUTH__SITE_SESSION__COOKIES: '["session"]',
      MEERKAT_AUTH__SITE_SESSION__URL: `${otherSite.url}/chat-user`,
      MEERKAT_AUTH__SITE_SESSION__KEEP: '0',
      MEERKAT_AUTH__SITE_SESSION__KEEP_REFUSAL: '0',
      MEERKAT_MODULES__CREDENTIALS__RECHECK: '1000',
    },
  });
  try {
    const tag = '<chat-room room="hall" auth="cookie" sign-in="/login"></chat-room>';
    otherSite.page('/shop.html', document(server.url, tag));
    await page.context().addCookies([{ name: 'session', value: 's1', url: otherSite.url, httpOnly: true }]);
    await page.goto(`${otherSite.url}/shop.html`);
    const room = new RoomPage(page);
    await room.say('By my cookie');
    await expect.poll(() => room.element.locator('[part=name]').allTextContents()).toEqual(['mira']);

    known = false;
    await expect(page.getByText('You are not signed in.', { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await room.sees('By my cookie');
    // They have signed in on another page of the site, and come back to this one.
    known = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await room.say('Here again');
    await room.sees('Here again');

    known = false;
    await expect(page.getByText('You are not signed in.', { exact: true })).toBeVisible({ timeout: 30_000 });
    // Somebody who comes without it is a guest.
    await page.reload();
    await room.say('Hello');
    await room.giveName('Tom');
    await room.sees('Hello');
  } finally {
    await server.stop();
  }
});
