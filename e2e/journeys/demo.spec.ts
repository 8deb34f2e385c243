import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

/** What axe has against the page as it is now, its frames included: one line each. */
async function violations(page: Page): Promise<string[]> {
  const axe = await readFile(AXE, 'utf8');
  for (const frame of page.frames()) await frame.evaluate(axe);
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
      }),
    RULES,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

/** Judges the page that is shown: wide and narrow, light and dark. */
async function judge(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${name} at ${size.width}px scrolls sideways`).toBeLessThanOrEqual(size.width);
      expect(await violations(page), `${name}, ${colorScheme}, ${size.width}px`).toEqual([]);
    }
  }
  await page.setViewportSize(DESK);
}

test('a visitor walks through the demo: nothing is broken, unreadable or out of reach', async ({
  server,
  page,
}) => {
  test.slow();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${page.url()} ${error.message}`));
  await page.setViewportSize(DESK);
  await page.goto(server.url);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(new RoomPage(page).composer).toBeVisible();
  await judge(page, 'home');

  for (const [link, path, title] of [
    ['Article', '/article/', 'The one who stands up'],
    ['Live', '/stream/', 'Dusk at the east burrow, live'],
    ['People', '/people/', 'Who is about'],
    ['React', '/react/', 'The same in React'],
    ['Turbo', '/turbo/', 'Open the café, then turn the page'],
  ] as const) {
    await pages.getByRole('link', { name: link }).click();
    await expect(page).toHaveURL(server.url + path);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(pages.locator('[aria-current=page]')).toHaveText(link);
    if (link === 'Live') {
      await expect(new RoomPage(page.frameLocator('main iframe')).composer).toBeVisible();
    }
    if (link === 'Article' || link === 'React') await expect(new RoomPage(page).composer).toBeVisible();
    await judge(page, link);
  }

  // The first thing that the keyboard reaches leads past the masthead.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(problems).toEqual([]);
});

test('who reads the article meets who else reads it, whatever stands behind the address', async ({
  server,
  browser,
}) => {
  const [here, there] = await Promise.all([browser.newPage(), browser.newPage()]);
  await here.goto(`${server.url}/article/?from=letter`);
  await there.goto(`${server.url}/article/#room`);
  const [mine, theirs] = [new RoomPage(here), new RoomPage(there)];
  await mine.say('The one on the branch is my favourite');
  await mine.giveName('Mira');
  await theirs.sees('The one on the branch is my favourite');
  await here.goto(server.url);
  await expect(mine.composer).toBeVisible();
  await expect(mine.rows).toHaveCount(0);
});

test('the stream can be stopped, and stands still for whoever wants no motion', async ({ server, page }) => {
  const running = () =>
    page.evaluate(
      () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
    );
  await page.goto(`${server.url}/stream/`);
  expect(await running()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect.poll(running).toBe(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(running).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(running).toBe(0);
});

test('a status is seen by those who were given it, until it is taken back', async ({
  server,
  page,
  browser,
}) => {
  await page.goto(`${server.url}/people/`);
  const share = page.getByRole('switch', { name: 'Share my status' });
  await share.click();
  await expect(share).toBeChecked();
  const link = await page.getByRole('link', { name: /people\/#/ }).textContent();
  const friend = await browser.newPage();
  await friend.goto(link ?? '');
  await expect(friend.locator('#friend presence-badge')).toContainText(/online/i);

  await page.reload();
  await expect(share).toBeChecked();
  await share.click();
  await expect(share).not.toBeChecked();
  await friend.reload();
  await expect(friend.locator('#friend presence-badge')).toContainText(/unknown/i);
});

test('the café stays open and keeps what is typed while Turbo turns the page', async ({ server, page }) => {
  await page.goto(`${server.url}/turbo/`);
  const cafe = page.locator('chat-box');
  await cafe.getByRole('button', { name: /caf/i }).first().click();
  const composer = cafe.getByRole('textbox', { name: /^Message to/ });
  await composer.fill('half a sent');
  await cafe.evaluate((box) => Object.assign(box, { marked: true }));
  await page.getByRole('link', { name: 'Turn to leaf two' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'The page has turned' })).toBeVisible();
  await expect(page.locator('#turns')).toHaveText('1');
  await expect(composer).toHaveValue('half a sent');
  expect(await cafe.evaluate((box) => 'marked' in box)).toBe(true);
});
