import type { Page } from '@playwright/test';
import { BuiltSite } from '../support/built-site.js';
import { expect, test } from '../support/fixtures.js';
import { problemsOf } from '../support/problems.js';
import { RoomPage } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';

// Two plug-ins of one site, or a bundle and a script tag, bring us to a page twice.

let bundle: BuiltSite;
test.beforeAll(async () => {
  bundle = await BuiltSite.open('e2e/sites/npm-entry/vite.config.ts');
});
test.afterAll(() => bundle.close());

const script = (url: string) => `<script type="module" src="${url}"></script>`;
const room = (attributes: string) =>
  `<chat-room room="lobby" nick="Mira" style="height: 400px" ${attributes}></chat-room>`;

/** Adds a script and waits until it has run. */
const add = (page: Page, url: string) =>
  page.evaluate(
    (src) =>
      new Promise<void>((resolve, reject) => {
        const element = Object.assign(document.createElement('script'), { type: 'module', src });
        element.onload = () => resolve();
        element.onerror = () => reject(new Error(src));
        document.head.append(element);
      }),
    url,
  );

async function chats(page: Page, text: string): Promise<void> {
  const one = new RoomPage(page);
  await one.say(text);
  await one.sees(text);
}

test('a bundle of the page, and then embed.js: the bundle stays, and who wants the other server is told how', async ({
  server,
  otherSite,
  page,
}) => {
  const problems = await problemsOf(page);
  await page.goto(
    otherSite.page('/bundle-first.html', script(`${bundle.url}/main.js`) + room(`src="${server.url}"`)),
  );
  await chats(page, 'before');
  await add(page, `${server.url}/embed.js`);
  await chats(page, 'after');
  expect(problems).toEqual([
    `<chat-room> is on this page already; ${server.url}/embed.js stays unused. Tags of this server: src="${server.url}"`,
  ]);
});

test('embed.js, and then a bundle of the same version: not a word', async ({ server, otherSite, page }) => {
  const problems = await problemsOf(page);
  await page.goto(otherSite.page('/embed-first.html', script(`${server.url}/embed.js`) + room('')));
  await chats(page, 'before');
  await add(page, `${bundle.url}/main.js`);
  await chats(page, 'after');
  expect(problems).toEqual([]);
});

test('a bundle of another version is told once that it stays unused', async ({ server, otherSite, page }) => {
  const problems = await problemsOf(page);
  await page.route(`${bundle.url}/**`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('0.1.0', '0.0.9') });
  });
  await page.goto(otherSite.page('/older.html', script(`${server.url}/embed.js`) + room('')));
  await chats(page, 'before');
  await add(page, `${bundle.url}/main.js`);
  await chats(page, 'after');
  expect(problems).toEqual(['<chat-room> 0.1.0 is already on this page; 0.0.9 stays unused.']);
});

test('embed.js of two servers: tags talk to the first one, those with `src` to either', async ({
  server,
  otherSite,
  page,
}) => {
  const second = await ServerProcess.start();
  try {
    const problems = await problemsOf(page);
    const tags = ['', `src="${second.url}"`].map(room).join('');
    await page.goto(
      otherSite.page(
        '/two-servers.html',
        script(`${server.url}/embed.js`) + script(`${second.url}/embed.js`) + tags,
      ),
    );
    for (const at of [0, 1]) {
      const one = page.locator('chat-room').nth(at);
      const composer = one.getByRole('textbox', { name: /^Message to/ });
      await composer.fill(`to server ${at}`);
      await composer.press('Enter');
      await expect(one.locator('[data-delivery=delivered]')).toHaveCount(1);
      await expect(one.getByRole('article')).toHaveText([new RegExp(`to server ${at}`)]);
    }
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${second.url}/embed.js stays unused`);
  } finally {
    await second.stop();
  }
});
