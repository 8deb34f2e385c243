import { expect, test } from '@playwright/test';
import { bringAxe, violations } from './axe.js';
import { foreignGlyphs } from './bundled-fonts.js';
import { pictureOf } from './pictures.js';
import { entries } from './static-build.js';
import { openStory, partOf } from './story-page.js';
import { hearEvents, keepUsed, usedBy } from './surface.js';

// Every story shows what it is about, says nothing on the console, asks nobody for anything, has no violation of
// WCAG 2.2 AA or of what axe calls best practice, and looks as it did: light, dark and from right to left, in forced
// colours, and by its own `theme` on a page of the other scheme.

const LOOKS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, picture: true },
  { name: 'dark-rtl', media: { colorScheme: 'dark', forcedColors: 'none' }, dir: 'rtl', picture: true },
  { name: 'forced-colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'theme-light', media: { colorScheme: 'dark', forcedColors: 'none' }, theme: 'light' },
  { name: 'theme-dark', media: { colorScheme: 'light', forcedColors: 'none' }, theme: 'dark' },
] as const;

for (const story of entries('story')) {
  test(story.id, async ({ page }, info) => {
    await bringAxe(page);
    await hearEvents(page);
    const { said, strangers } = await openStory(page, story);
    expect(said).toEqual([]);
    keepUsed(info, story, await usedBy(page));
    expect(await foreignGlyphs(page), 'glyphs of this machine’s fonts').toEqual([]);
    // Whoever only makes pictures sees them soon.
    const judged = info.config.updateSnapshots === 'none';
    const main = page.locator('main');
    const ownDirection = (await main.getAttribute('dir')) ?? 'ltr';
    // One load is enough: scheme and direction are styles, and what differs between them is what is judged.
    for (const look of LOOKS) {
      if (!judged && !('picture' in look)) continue;
      await page.emulateMedia(look.media);
      const asked = {
        dir: 'dir' in look ? look.dir : ownDirection,
        theme: 'theme' in look ? look.theme : undefined,
      };
      await main.evaluate((stage, { dir, theme }) => {
        stage.setAttribute('dir', dir);
        if (theme === undefined) return;
        for (const element of stage.querySelectorAll('chat-room, chat-box, presence-badge')) {
          element.setAttribute('theme', theme);
        }
      }, asked);
      if ('picture' in look) {
        const clip = await partOf(page, story);
        await expect(page).toHaveScreenshot(
          [...pictureOf(story, look.name)],
          clip && { clip, fullPage: true },
        );
      }
      if (!judged) continue;
      const only = asked.theme === undefined ? undefined : 'colours';
      expect(await violations(page, only), look.name).toEqual([]);
    }
    expect(said).toEqual([]);
    expect(strangers).toEqual([]);
  });
}
