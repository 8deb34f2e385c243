import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import type { OtherSite } from '../support/other-site.js';
import { RoomPage } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';

// A framed room whose visitors are signed in by a cookie of its own site, which browsers hold back from frames.

const serverFor = (site: OtherSite) =>
  ServerProcess.start({
    env: {
      MEERKAT_AUTH__SITE_SESSION__COOKIES: '["session"]',
      MEERKAT_AUTH__SITE_SESSION__URL: `${site.url}/chat-user`,
      MEERKAT_EMBED__ANCESTORS: JSON.stringify([site.crossSiteUrl]),
    },
  });

/** Somebody who is signed in at the chat's own site, in a browser that blocks cookies of other sites. */
async function visit(
  browser: Browser,
  site: OtherSite,
  server: ServerProcess,
  permissions: string[],
): Promise<Page> {
  site.answers('/chat-user', ({ headers }) =>
    headers.cookie?.includes('session=s1') ? { body: '{"sub":"mira"}' } : { status: 401 },
  );
  const context = await browser.newContext({ permissions });
  const cookie = { name: 'session', value: 's1', domain: '127.0.0.1', path: '/', httpOnly: true };
  await context.addCookies([{ ...cookie, sameSite: 'None', secure: true }]);
  const page = await context.newPage();
  // Browsers give a frame only what a visit has earned.
  await page.goto(`${server.url}/embed/doctor`);
  await page.getByRole('heading').first().click();
  site.page(
    '/blog.html',
    `<iframe title="Chat" width="400" height="420" src="${server.url}/embed/room/hall?auth=cookie"></iframe>`,
  );
  await page.goto(`${site.crossSiteUrl}/blog.html`);
  return page;
}

test('a press of a button brings the cookie, and one goes on as oneself', async ({ otherSite, browser }) => {
  const server = await serverFor(otherSite);
  try {
    const page = await visit(browser, otherSite, server, ['storage-access']);
    const frame = page.frameLocator('iframe');
    const room = new RoomPage(frame);
    await frame.getByRole('button', { name: 'Continue as you' }).click();
    await expect(frame.getByRole('button', { name: 'Continue as you' })).toBeHidden();
    // The guest stays until the other one is there.
    await room.element.getByRole('button', { name: '1 here' }).click();
    await expect(room.element.locator('[part=people]')).toContainText('mira');
    await room.say('As myself');
    await expect.poll(() => room.element.locator('[part=name]').allTextContents()).toEqual(['mira']);
  } finally {
    await server.stop();
  }
});

test('a browser that refuses is told of in words, and one may chat as a guest', async ({
  otherSite,
  browser,
}) => {
  const server = await serverFor(otherSite);
  try {
    const page = await visit(browser, otherSite, server, []);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Continue as you' }).click();
    await expect(frame.getByText('Your browser did not allow it.')).toBeVisible();
    const room = new RoomPage(frame);
    await room.say('Hello');
    await room.giveName('Tom');
    await room.sees('Hello');
  } finally {
    await server.stop();
  }
});
