import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { RoomPage, snippet } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';

// Rooms in frames of other people's pages, and the rooms that pages have of their own.

interface FrameEvent {
  readonly name: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A page with a framed room and the loader, which writes down the frame's events. */
function framing(server: string, attributes: string, query = '', room = 'lobby'): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Somebody's page</title>
<script>
  window.heard = [];
  addEventListener('DOMContentLoaded', () => {
    for (const name of ['meerkat:status', 'meerkat:unread', 'meerkat:message'])
      document.querySelector('iframe').addEventListener(name, ({ detail }) => heard.push({ name, detail }));
  });
</script>
<h1>Somebody's page</h1>
<iframe title="Chat" width="400" height="420" src="${server}/embed/room/${room}${query}" ${attributes}></iframe>
<script type="module" src="${server}/embed/frame.js"></script></html>`;
}

const heard = (page: Page, name: string): Promise<readonly FrameEvent['detail'][]> =>
  page.evaluate(
    (wanted) =>
      (window as unknown as { heard: FrameEvent[] }).heard
        .filter((event) => event.name === wanted)
        .map(({ detail }) => detail),
    name,
  );
const lastStatus = async (page: Page) => (await heard(page, 'meerkat:status')).at(-1)?.['status'];

function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  return problems;
}

for (const [kind, attributes] of [
  ['a plain frame', ''],
  ['a sandboxed frame', 'sandbox="allow-scripts"'],
] as const) {
  test(`${kind} of another site chats, asks for a name, and tells the page around it`, async ({
    server,
    otherSite,
    browser,
  }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const problems = problemsOf(page);
    otherSite.page('/blog.html', framing(server.url, `data-meerkat ${attributes}`));
    await page.goto(`${otherSite.crossSiteUrl}/blog.html`);
    const room = new RoomPage(page.frameLocator('iframe'));
    await room.say('Hello from the frame');
    await room.giveName('Mira');
    await room.sees('Hello from the frame');
    await expect.poll(() => lastStatus(page)).toBe('online');
    await expect(page.frameLocator('iframe').getByText('There is no connection to')).toBeHidden();

    // Somebody who reads the same room without a frame.
    const other = await (await browser.newContext()).newPage();
    await other.goto(otherSite.page('/plain.html', snippet(server.url, 'room="lobby" nick="Tom"')));
    const toms = new RoomPage(other);
    await toms.sees('Hello from the frame');
    await toms.say('Hello from Tom');
    await room.sees('Hello from Tom');
    // What is said is nobody's business on a page that the server does not name.
    await expect
      .poll(() => heard(page, 'meerkat:message'))
      .toContainEqual({ id: expect.any(String), own: false });
    expect(JSON.stringify(await heard(page, 'meerkat:message'))).not.toMatch(/Tom|Hello/);

    // Out of sight, what is said is unread.
    await page.locator('iframe').evaluate((frame) => {
      frame.style.cssText = 'position:fixed;top:-9999px';
    });
    await expect
      .poll(async () => {
        await toms.say('Are you there?');
        return (await heard(page, 'meerkat:unread')).at(-1)?.['count'];
      })
      .toBeGreaterThan(0);
    await page.locator('iframe').evaluate((frame) => {
      frame.style.cssText = '';
    });
    await expect.poll(async () => (await heard(page, 'meerkat:unread')).at(-1)).toEqual({ count: 0 });
    expect(problems).toEqual([]);
  });
}

test('third-party storage and cookies blocked: the frame chats all the same', async ({
  server,
  otherSite,
  launchOptions,
  playwright,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-profile-'));
  await mkdir(path.join(folder, 'Default'));
  const profile = { cookie_controls_mode: 1, block_third_party_cookies: true };
  await writeFile(path.join(folder, 'Default/Preferences'), JSON.stringify({ profile }));
  const context = await playwright.chromium.launchPersistentContext(folder, launchOptions);
  try {
    const page = await context.newPage();
    const problems = problemsOf(page);
    otherSite.page('/blog.html', framing(server.url, 'data-meerkat', '?nick=Mira'));
    await page.goto(`${otherSite.crossSiteUrl}/blog.html`);
    const room = new RoomPage(page.frameLocator('iframe'));
    await room.say('Without storage');
    await room.sees('Without storage');
    const storage = await page.frames()[1]?.evaluate(() => {
      try {
        return typeof window.localStorage;
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(storage, 'the frame has no storage').toBe('SecurityError');
    expect(problems).toEqual([]);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a server that names the pages tells them what is said, and is framed by no other', async ({
  otherSite,
  browser,
}) => {
  const server = await ServerProcess.start({
    env: { MEERKAT_EMBED__ANCESTORS: JSON.stringify([otherSite.url]) },
  });
  try {
    const page = await browser.newPage();
    const url = otherSite.page('/blog.html', framing(server.url, 'data-meerkat', '?nick=Mira'));
    await page.goto(url);
    await new RoomPage(page.frameLocator('iframe')).say('For all to read');
    await expect
      .poll(() => heard(page, 'meerkat:message'))
      .toContainEqual({ id: expect.any(String), own: true, nick: 'Mira', text: 'For all to read' });

    const elsewhere = await browser.newPage();
    await elsewhere.clock.install();
    const warnings = problemsOf(elsewhere);
    await elsewhere.goto(`${otherSite.crossSiteUrl}/blog.html`);
    await elsewhere.clock.fastForward(10_000);
    await expect.poll(() => lastStatus(elsewhere)).toBe('blocked');
    expect(warnings.join('\n')).toContain('see /embed/doctor');
  } finally {
    await server.stop();
  }
});

test('a page that isolates itself, and has a strict policy, frames it with the loader', async ({
  server,
  otherSite,
  page,
}) => {
  const problems = problemsOf(page);
  const url = otherSite.page(
    '/strict.html',
    `<iframe data-meerkat="auto" title="Chat" src="${server.url}/embed/room/lobby?nick=Mira&accent=%23b3261e"></iframe>
     <script type="module" src="${server.url}/embed/frame.js"></script>`,
    {
      'content-security-policy': `default-src 'none'; frame-src ${server.url}; script-src ${server.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  );
  await page.goto(url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const room = new RoomPage(page.frameLocator('iframe'));
  await room.say('Well behind walls');
  await room.sees('Well behind walls');
  await expect.poll(() => page.locator('iframe').evaluate((frame) => frame.style.height)).toBe('320px');
  expect(problems).toEqual([]);
});

test('a frame says in words what holds it up', async ({ server, otherSite, browser }) => {
  const page = await browser.newPage();
  await page.goto(otherSite.page('/none.html', framing(server.url, 'data-meerkat sandbox')));
  const chat = page.frameLocator('iframe');
  await expect(chat.getByRole('heading', { name: 'This chat needs JavaScript' })).toBeVisible();
  await expect(chat.locator('noscript p')).toContainText('sandbox="allow-scripts"');

  const blocked = await browser.newPage();
  await blocked.route('**/embed/room.js', (route) => route.abort());
  await blocked.goto(otherSite.page('/late.html', framing(server.url, 'data-meerkat')));
  const late = blocked.frameLocator('iframe');
  await expect(late.getByRole('heading', { name: 'The chat could not be loaded' })).toBeVisible();
  await expect(late.getByRole('link', { name: 'Try again' })).toBeVisible();

  const cut = await browser.newPage();
  await cut.clock.install();
  await cut.routeWebSocket(/./, (socket) => socket.close());
  await cut.route(/http-bind|host-meta/, (route) => route.abort());
  await cut.goto(otherSite.page('/cut.html', framing(server.url, 'data-meerkat')));
  const held = cut.frameLocator('iframe').getByText('There is no connection to');
  await expect(cut.frameLocator('iframe').locator('chat-room')).toBeVisible();
  await cut.clock.fastForward(15_000);
  await expect(held).toBeVisible();
});

test('data-meerkat="auto" grows with what is said, up to what the page allows', async ({
  server,
  otherSite,
  browser,
}) => {
  const page = await browser.newPage();
  const attributes = 'data-meerkat="auto" style="max-height: 480px; border: 0; display: block"';
  await page.goto(otherSite.page('/auto.html', framing(server.url, attributes, '?nick=Mira')));
  const frame = page.locator('iframe');
  const height = async () => (await frame.boundingBox())?.height;
  const room = new RoomPage(page.frameLocator('iframe'));
  await expect.poll(height).toBe(320);
  for (const line of [1, 2, 3, 4, 5]) await room.say(`${line} ${'storks '.repeat(60)}`);
  await room.sees('5 storks');
  await expect.poll(height).toBe(480);

  // A frame of the page's own size stays as it is.
  await page.goto(otherSite.page('/fixed.html', framing(server.url, 'data-meerkat', '?nick=Mira')));
  await new RoomPage(page.frameLocator('iframe')).sees('5 storks');
  expect(await frame.evaluate((element) => element.style.height)).toBe('');
});

test('the soft keyboard, which only the page knows of, covers nothing in the frame', async ({
  server,
  otherSite,
  browser,
}) => {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    const shown = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: shown });
  });
  const attributes = 'data-meerkat style="position: fixed; inset: 0; width: 100%; height: 100%; border: 0"';
  await page.goto(otherSite.page('/phone.html', framing(server.url, attributes, '?nick=Mira')));
  const room = new RoomPage(page.frameLocator('iframe'));
  await room.isIn();
  const bottom = async () => {
    const box = await room.element.boundingBox();
    return box && Math.round(box.y + box.height);
  };
  const keyboard = (height: number) =>
    page.evaluate((shown) => {
      Object.assign(window.visualViewport ?? {}, { height: innerHeight - shown });
      window.visualViewport?.dispatchEvent(new Event('resize'));
    }, height);
  expect(await bottom()).toBe(640);
  await keyboard(280);
  await expect.poll(bottom).toBe(360);
  await keyboard(0);
  await expect.poll(bottom).toBe(640);
});

test('what other frames and the page itself forge comes to nothing', async ({
  server,
  otherSite,
  browser,
}) => {
  const page = await browser.newPage();
  otherSite.page(
    '/evil.html',
    `<script>
      setInterval(() => {
        for (const type of ['ready', 'status', 'unread', 'height', 'message'])
          parent.postMessage({ meerkat: 1, nonce: '', type, status: 'refused', count: 666, height: 9999, id: 'x', own: false }, '*');
        parent.frames[0].postMessage({ meerkat: 1, nonce: '0123456789abcdef', type: 'hello' }, '*');
        parent.frames[0].postMessage({ meerkat: 1, nonce: '0123456789abcdef', type: 'insets', top: 200, bottom: 200 }, '*');
      }, 5);
    </script>`,
  );
  const html = framing(server.url, 'data-meerkat="auto"', '?nick=Mira').replace(
    '</html>',
    `<iframe data-meerkat="auto" title="Evil" src="${otherSite.crossSiteUrl}/evil.html" sandbox="allow-scripts"></iframe></html>`,
  );
  await page.goto(otherSite.page('/forged.html', html));
  const chat = page.frameLocator('iframe[title=Chat]');
  const room = new RoomPage(chat);
  await room.say('Still here');
  await room.sees('Still here');
  await expect.poll(() => lastStatus(page)).toBe('online');
  expect(await heard(page, 'meerkat:unread')).not.toContainEqual({ count: 666 });
  expect(await page.locator('iframe[title=Chat]').evaluate((frame) => frame.style.height)).toBe('320px');
  const inset = chat.locator('html').evaluate((root) => root.style.getPropertyValue('--inset-bottom'));
  expect(await inset).toBe('');
});

test('people on the same page meet, whatever brought them there', async ({ server, otherSite, browser }) => {
  const article = (nick: string, canonical = '') =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Storks</title>${canonical}
<script type="module" src="${server.url}/embed.js"></script>
<chat-room room="page" nick="${nick}" style="height: 400px"></chat-room></html>`;
  const visit = async (url: string) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    return new RoomPage(page);
  };
  const mira = await visit(`${otherSite.page('/storks', article('Mira'))}?utm_source=mail`);
  const tom = await visit(`${otherSite.page('/storks', article('Tom'))}?page=2#comments`);
  const canonical = '<link rel="canonical" href="/storks">';
  const ada = await visit(otherSite.page('/amp/storks', article('Ada', canonical)));
  const eve = await visit(otherSite.page('/herons', article('Eve')));
  await mira.say('Have you seen them?');
  await tom.sees('Have you seen them?');
  await ada.sees('Have you seen them?');
  await mira.isIn(3);
  await expect(mira.element.getByText('This page', { exact: true })).toBeVisible();
  await eve.isIn(1);
  expect(await eve.texts()).toEqual([]);
});
