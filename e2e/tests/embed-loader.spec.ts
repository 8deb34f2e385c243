import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

const script = (server: string, query = '') =>
  `<script type="module" src="${server}/embed.js${query}"></script>`;

/** The names of the scripts that a page has asked for. */
function scriptsOf(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) names.push(pathname.replace(/^\/(embed\/)?/, ''));
  });
  return names;
}
// Of what it shares with others, a badge has the bundler's own 158 bytes.
const badgeAlone = /^(embed\.js|presence-badge-|for-.*-and-presence-badge|rolldown-runtime-)/;

test('a page fetches the code of the tags that it has, and of others when they come', async ({
  server,
  otherSite,
  page,
}) => {
  const scripts = scriptsOf(page);
  await page.goto(
    otherSite.page('/badge.html', `<presence-badge user="x"></presence-badge>${script(server.url)}`),
  );
  await expect(page.getByRole('img', { name: 'Unknown' })).toBeVisible();
  expect(scripts.filter((name) => !badgeAlone.test(name))).toEqual([]);
  expect(scripts.length).toBeGreaterThan(1);

  await page.evaluate(() => {
    const section = document.createElement('section');
    section.innerHTML = '<chat-room room="lobby" nick="Mira" style="height: 400px"></chat-room>';
    document.body.append(section);
  });
  await new RoomPage(page).isIn();
  expect(new Set(scripts).size, 'each is fetched once').toBe(scripts.length);
});

test('all that an element needs at once is asked for together, not file after file', async ({
  server,
  otherSite,
  page,
}) => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let last = false;
  await page.route(/\/embed\/.*\.js/, async (route) => {
    // What is fetched ahead of its use once one is in, as for the next sign-in, is not waited for.
    if (last) return route.abort();
    await released;
    return route.continue();
  });
  const scripts = scriptsOf(page);
  await page.goto(
    otherSite.page(
      '/together.html',
      `<chat-room room="lobby" nick="Mira" style="height: 400px"></chat-room>${script(server.url)}`,
    ),
    { waitUntil: 'commit' },
  );
  // While nothing of it has arrived, the room's own code and what it shares with the others are on their way.
  const itsOwn = () => scripts.filter((name) => name.startsWith('for-chat-room'));
  await expect.poll(() => itsOwn().length).toBeGreaterThan(1);
  // Nothing else is needed to be in the room.
  last = true;
  release();
  await new RoomPage(page).isIn(1);
});

test('code that could not be fetched is asked for again when the network is back', async ({
  server,
  otherSite,
  page,
}) => {
  let reachable = false;
  await page.route(/\/embed\/presence-badge-.*\.js/, (route) =>
    reachable ? route.continue() : route.abort('connectionrefused'),
  );
  const failed = page.waitForEvent('requestfailed');
  await page.goto(
    otherSite.page('/lost.html', `<presence-badge user="x"></presence-badge>${script(server.url)}`),
  );
  await failed;
  await expect(page.getByRole('img')).toHaveCount(0);
  reachable = true;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByRole('img', { name: 'Unknown' })).toBeVisible();
});

test('two copies of the loader share the page without a word', async ({ server, otherSite, page }) => {
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  const scripts = scriptsOf(page);
  await page.goto(
    otherSite.page(
      '/twice.html',
      `${script(server.url)}${script(server.url, '?again')}<chat-room room="lobby" nick="Mira" style="height: 400px"></chat-room>`,
    ),
  );
  await new RoomPage(page).isIn(1);
  expect(scripts.filter((name) => name === 'embed.js')).toHaveLength(2);
  expect(scripts.filter((name) => /^for-chat-room-[\w-]{6}\.js$/.test(name))).toHaveLength(1);
  expect(noise).toEqual([]);
});
