import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import type { OtherSite } from '../support/other-site.js';
import { RoomPage } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';
import { siteToken } from '../support/site-token.js';

// Framed rooms of another site whose visitors are signed in there: the page hands a token over.

const SECRET = '0123456789-0123456789-0123456789-0123456789';

/** A server that lets pages of these origins say who signs in. */
const serverFor = (...origins: readonly string[]) =>
  ServerProcess.start({
    env: {
      MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([SECRET]),
      // Beside the server's own pages, the frames.
      MEERKAT_ORIGINS: JSON.stringify(origins),
      MEERKAT_EMBED__TOKEN_ORIGINS: JSON.stringify(origins),
    },
  });

const tokenOf = (sub: string, more: object = {}) =>
  siteToken(SECRET, { sub, rooms: { '*': 'write' }, ...more });

/** Opens a page of another site that frames a room. */
async function open(page: Page, site: OtherSite, server: ServerProcess, frame: string, more = '') {
  site.page(
    '/blog.html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title>
<iframe title="Chat" width="400" height="420" src="${server.url}/embed/room/hall?auth=token" ${frame}></iframe>
${more || `<script type="module" src="${server.url}/embed/frame.js"></script>`}</html>`,
  );
  await page.goto(`${site.crossSiteUrl}/blog.html`);
  return new RoomPage(page.frameLocator('iframe'));
}

const names = (room: RoomPage) => room.element.locator('[part=name]').allTextContents();

test('the page says who is signed in, again before that ends, and that nobody is any more', async ({
  otherSite,
  page,
}) => {
  let user = 'mira';
  let asked = 0;
  otherSite.answers('/chat-token', () => {
    asked++;
    return user ? { body: tokenOf(user, { until: Date.now() / 1000 + 8 }) } : { status: 401 };
  });
  const server = await serverFor(otherSite.crossSiteUrl);
  try {
    const room = await open(page, otherSite, server, 'data-meerkat data-token-from="/chat-token"');
    await room.say('From my blog');
    await room.sees('From my blog');
    expect(await names(room)).toEqual(['mira']);
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(1);
    await room.say('Still me');
    await room.sees('Still me');
    user = '';
    await expect(page.frameLocator('iframe').getByText('You are signed out.', { exact: true })).toBeVisible({
      timeout: 30_000,
    });
  } finally {
    await server.stop();
  }
});

test('a reload is signed in at once, before the page is asked, and as nobody else', async ({
  otherSite,
  page,
}) => {
  let user = 'mira';
  let asked = 0;
  otherSite.answers('/chat-token', () => {
    asked++;
    return user ? { body: tokenOf(user, { jti: `t${asked}` }) } : { status: 401 };
  });
  const server = await serverFor(otherSite.crossSiteUrl);
  try {
    const room = await open(page, otherSite, server, 'data-meerkat data-token-from="/chat-token"');
    await room.say('From my blog');
    await room.sees('From my blog');
    // A cookie of the chat's own, for this page alone.
    await expect
      .poll(async () => (await page.context().cookies()).map(({ name }) => name))
      .toEqual(['__Host-meerkat-frame']);
    // The page gives nothing now: the frame needs nothing.
    await page.route('**/embed/frame.js', (route) => route.abort());
    await page.reload();
    await room.say('Still me');
    await room.sees('Still me');
    expect(await names(room)).toEqual(['mira', 'mira']);
    expect(await room.element.getAttribute('auth')).toBe('cookie');

    // It knows somebody else by now.
    user = 'joe';
    await page.unroute('**/embed/frame.js');
    await page.reload();
    await expect(room.element).toHaveAttribute('auth', 'token');
    await room.isIn();
    await room.say('Somebody else');
    await room.sees('Somebody else');
    await expect.poll(async () => (await names(room)).at(-1)).toBe('joe');

    user = '';
    await page.reload();
    await expect(room.element).toHaveAttribute('auth', 'token');
    await room.isIn();
    await room.say('Hello');
    await room.giveName('Tom');
    await room.sees('Hello');
    await expect.poll(async () => (await page.context().cookies()).length).toBe(0);
  } finally {
    await server.stop();
  }
});

test('a page tells that somebody has signed out, and the frame knows it at once', async ({
  otherSite,
  page,
}) => {
  let user = 'mira';
  otherSite.answers('/chat-token', () => (user ? { body: tokenOf(user) } : { status: 401 }));
  const server = await serverFor(otherSite.crossSiteUrl);
  const cookies = async () => (await page.context().cookies()).length;
  const signOut = () =>
    page
      .locator('iframe')
      .evaluate((frame) =>
        frame.dispatchEvent(new CustomEvent('meerkat:tell', { detail: { type: 'signed-out' } })),
      );
  try {
    const room = await open(page, otherSite, server, 'data-meerkat data-token-from="/chat-token"');
    const signedOut = room.element.getByText('You are signed out.', { exact: true });
    const joinAgain = room.element.getByRole('button', { name: 'Join again' });
    await room.say('From my blog');
    await room.sees('From my blog');
    await expect.poll(cookies).toBe(1);
    user = '';
    await signOut();
    await expect(signedOut).toBeVisible();
    await expect.poll(cookies).toBe(0);
    user = 'mira';
    await joinAgain.click();
    await room.say('Back again');
    await room.sees('Back again');
    await expect.poll(cookies).toBe(1);

    // By the cookie of a reload, too; and a guest has nothing to sign out of.
    await page.reload();
    await expect(room.element).toHaveAttribute('auth', 'cookie');
    await room.isIn();
    user = '';
    await signOut();
    await expect(signedOut).toBeVisible();
    await expect.poll(cookies).toBe(0);
    await joinAgain.click();
    await room.isIn();
    await signOut();
    await room.say('As a guest');
    await room.giveName('Tom');
    await room.sees('As a guest');
  } finally {
    await server.stop();
  }
});

test('a page that the server does not name can neither give a token nor be asked for one', async ({
  otherSite,
  page,
}) => {
  let asked = 0;
  otherSite.answers('/chat-token', () => {
    asked++;
    return { body: tokenOf('mira') };
  });
  const server = await serverFor('https://shop.example');
  try {
    const room = await open(page, otherSite, server, 'data-meerkat data-token-from="/chat-token"');
    await expect(
      room.element.getByText('This site does not say who you are right now.', { exact: true }),
    ).toBeVisible();
    expect(asked).toBe(0);
  } finally {
    await server.stop();
  }
});

test('a page without the loader may answer by itself', async ({ otherSite, page }) => {
  const server = await serverFor(otherSite.crossSiteUrl);
  try {
    const script = `<script>
const chat = document.querySelector('iframe');
const nonce = crypto.randomUUID();
const say = (message, to) => chat.contentWindow.postMessage({ meerkat: 1, nonce, ...message }, to);
addEventListener('message', ({ data, origin, source }) => {
  if (source !== chat.contentWindow || origin !== '${server.url}') return;
  if (data.type === 'ready') say({ type: 'hello' }, origin);
  if (data.type === 'token-wanted' && data.nonce === nonce) say({ type: 'token', token: '${tokenOf('joe')}' }, origin);
});
say({ type: 'hello' }, '*');
</script>`;
    const room = await open(page, otherSite, server, '', script);
    await room.say('By hand');
    await expect.poll(() => names(room)).toEqual(['joe']);
  } finally {
    await server.stop();
  }
});

test('a frame without an origin gets no token, and the page hears why', async ({ otherSite, page }) => {
  otherSite.answers('/chat-token', () => ({ body: tokenOf('mira') }));
  const server = await serverFor(otherSite.crossSiteUrl);
  const warned: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warned.push(message.text());
  });
  try {
    const attributes = 'sandbox="allow-scripts" data-meerkat data-token-from="/chat-token"';
    await open(page, otherSite, server, attributes);
    await expect
      .poll(() => warned)
      .toContainEqual(expect.stringContaining('without allow-same-origin gets no token'));
  } finally {
    await server.stop();
  }
});
