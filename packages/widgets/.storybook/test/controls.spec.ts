import { expect, type Page, test } from '@playwright/test';
import { entries } from './static-build.js';
import { openStory } from './story-page.js';

// What the controls and the toolbar say to a story while it is shown.

async function open(page: Page, id: string): Promise<void> {
  const story = entries('story').find((entry) => entry.id === id);
  if (story === undefined) throw new RangeError(`no story ${id}`);
  await openStory(page, story, { line: 'open' });
}

interface Channel {
  emit(event: string, change: object): void;
}

/** Says what the controls panel says when somebody moves a control of it. */
async function turn(
  page: Page,
  storyId: string,
  updatedArgs: Readonly<Record<string, unknown>>,
): Promise<void> {
  await page.evaluate(
    (change) => {
      const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as Record<string, Channel>;
      channel?.emit('updateStoryArgs', change);
    },
    { storyId, updatedArgs },
  );
}

/** Says what the toolbar says when somebody chooses in it. */
async function choose(page: Page, globals: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(
    (change) => {
      const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as Record<string, Channel>;
      channel?.emit('updateGlobals', change);
    },
    { globals },
  );
}

for (const [id, tag] of [
  ['chat-room--conversation', 'chat-room'],
  ['chat-room-use--sends', 'chat-room'],
  ['chat-box--open', 'chat-box'],
] as const) {
  test(`${id}: theme and direction follow the toolbar`, async ({ page }) => {
    await open(page, id);
    await choose(page, { theme: 'dark', direction: 'rtl' });
    await expect(page.locator(tag).first()).toHaveAttribute('theme', 'dark');
    await expect(page.locator('main')).toHaveAttribute('dir', 'rtl');
    await expect(page.locator('main')).toHaveCSS('color-scheme', 'dark');
    await choose(page, { theme: 'light', direction: 'ltr' });
    await expect(page.locator(tag).first()).toHaveAttribute('theme', 'light');
    await expect(page.locator('main')).toHaveAttribute('dir', 'ltr');
  });

  test(`${id}: a flood begins, and ends, with its control`, async ({ page }) => {
    await open(page, id);
    const rows = page.locator('chat-room .row');
    const before = await rows.count();
    await turn(page, id, { flood: 100 });
    await expect.poll(() => rows.count()).toBeGreaterThan(before + 50);
    await turn(page, id, { flood: 0 });
    // Each change begins the story again.
    await expect.poll(() => rows.count()).toBeLessThanOrEqual(before);
  });

  test(`${id}: what is lost fails, what is late waits`, async ({ page }) => {
    await open(page, id);
    await turn(page, id, { nick: 'Mira', loss: 100 });
    await send(page, 'Lost');
    await expect(page.locator('chat-room .row').last()).toHaveAttribute('data-delivery', 'failed');
    await turn(page, id, { nick: 'Mira', loss: 0, latency: 5000 });
    await send(page, 'Late');
    await expect(page.locator('chat-room .row').last()).toHaveAttribute('data-delivery', 'pending');
  });
}

async function send(page: Page, text: string): Promise<void> {
  await page.locator('chat-room textarea').fill(text);
  await page.keyboard.press('Enter');
  const name = page.locator('chat-room .name-form input');
  const row = page.locator('chat-room .row .text', { hasText: text });
  // A box has no name to give: it asks for one.
  await expect(name.or(row).first()).toBeVisible();
  if (await name.isVisible()) {
    await name.fill('Mira');
    await name.press('Enter');
  }
  await expect(row).toBeVisible();
}
