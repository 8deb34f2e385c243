import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { PICTURED, PICTURES, pictureOf } from './pictures.js';
import { entries } from './static-build.js';
import { openStory, partOf } from './story-page.js';

// What `every-story.spec.ts` compares with, and what its tolerance lets through.

test('every story has its pictures, and every picture its story', () => {
  const wanted = PICTURED.flatMap((look) =>
    entries('story').map((story) => pictureOf(story, look).join('/')),
  );
  const there = PICTURED.flatMap((look) =>
    readdirSync(path.join(PICTURES, look)).map((file) => `${look}/${file}`),
  );
  expect(there.sort()).toEqual(wanted.sort());
});

/** Moves the row with the fewest words that is wholly in view: the least that a picture could show of it. */
async function moveShortestRow(page: Page, px: number): Promise<void> {
  await page.locator('chat-room').evaluate((element, down) => {
    const view = element.shadowRoot?.querySelector('.view')?.getBoundingClientRect();
    const rows = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return view !== undefined && top >= view.top && bottom <= view.bottom;
    });
    const length = (row: HTMLElement) => row.textContent?.length ?? 0;
    const shortest = rows.reduce((least, row) => (length(row) < length(least) ? row : least));
    shortest.style.translate = `0 ${down}px`;
  }, px);
}

for (const story of entries('story').filter(({ id }) =>
  ['chat-room--live', 'chat-room--cosy'].includes(id),
)) {
  test(`a short row of ${story.id} that moves by 4 px is seen, and nothing else is`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openStory(page, story);
    const picture = [...pictureOf(story, 'light')];
    const clip = await partOf(page, story);
    const options = clip && { clip, fullPage: true };
    await expect(page).toHaveScreenshot(picture, options);
    await moveShortestRow(page, 4);
    await expect(page).not.toHaveScreenshot(picture, options);
    await moveShortestRow(page, 0);
    await expect(page).toHaveScreenshot(picture, options);
  });
}
