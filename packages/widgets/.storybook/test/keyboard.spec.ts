import { expect, type Page, test } from '@playwright/test';
import { entries } from './static-build.js';
import { openStory } from './story-page.js';

// What a real keyboard does: the order of Tab, keys in the list, and that scrolling by keys comes before none of it.

async function open(page: Page, id: string): Promise<void> {
  const story = entries('story').find((entry) => entry.id === id);
  if (story === undefined) throw new RangeError(`no story ${id}`);
  await openStory(page, story);
}

/** What has the focus, through every shadow: its part or, of a row, its place among the rows. */
async function focus(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active?.matches('.row')) {
      const rows = [...(active.parentElement?.querySelectorAll('.row') ?? [])];
      return `row ${rows.indexOf(active) + 1} of ${rows.length}`;
    }
    return active?.getAttribute('part') ?? active?.className ?? '';
  });
}

test('the list is one stop of Tab; keys move in it, Escape leads to the composer', async ({ page }) => {
  await open(page, 'chat-room--two-hundred-messages');
  const order: string[] = [];
  for (let stop = 0; stop < 3; stop++) {
    await page.keyboard.press('Tab');
    order.push(await focus(page));
  }
  expect(order).toEqual(['people-button', 'row 200 of 200', 'input']);

  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => focus(page)).toBe('row 199 of 200');
  await page.keyboard.press('PageUp');
  await expect.poll(() => focus(page)).toMatch(/^row 1[78]\d of 200$/);
  await page.keyboard.press('Home');
  await expect.poll(() => focus(page)).toBe('row 1 of 200');
  await page.keyboard.press('PageDown');
  await expect.poll(() => focus(page)).toMatch(/^row [12]\d of 200$/);
  await page.keyboard.press('End');
  await expect.poll(() => focus(page)).toBe('row 200 of 200');
  await page.keyboard.press('Escape');
  await expect.poll(() => focus(page)).toBe('input');
});

test('a room that is only read is left by Tab after its list', async ({ page }) => {
  await open(page, 'chat-room-page--read-only');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focus(page)).toMatch(/^row \d+ of \d+$/);
  await page.keyboard.press('Tab');
  expect(await focus(page)).not.toMatch(/input|send|row/);
});

test('a box is opened, minimised and closed by keys, and the focus comes back', async ({ page }) => {
  await open(page, 'chat-box--closed');
  await page.keyboard.press('Tab');
  expect(await focus(page)).toContain('launcher');
  await page.keyboard.press('Enter');
  await expect.poll(() => focus(page)).toBe('input');
  await page.keyboard.type('Half a sen');
  await page.keyboard.press('Escape');
  await expect.poll(() => focus(page)).toContain('launcher');
  await expect(page.locator('chat-box')).toHaveAttribute('state', 'minimised');
  await page.keyboard.press('Space');
  await expect.poll(() => focus(page)).toBe('input');
  await expect(page.locator('chat-box textarea')).toHaveValue('Half a sen');
});

test('a sheet on a phone keeps Tab inside', async ({ page }) => {
  await open(page, 'chat-box-phone--sheet');
  for (let stop = 0; stop < 8; stop++) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.localName === 'chat-box',
    );
    expect(inside).toBe(true);
  }
});
