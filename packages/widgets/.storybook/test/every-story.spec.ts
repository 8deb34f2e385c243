import { expect, test } from '@playwright/test';
import { bringAxe, violations } from './axe.js';
import { foreignGlyphs } from './bundled-fonts.js';
import { pictureOf } from './pictures.js';
import { entries } from './static-build.js';
import { openStory } from './story-page.js';

// Every story shows what it is about, says nothing on the console, asks nobody for anything, has no violation of
// WCAG 2.2 AA or of what axe calls best practice, and looks as it did: light, dark and from right to left, in forced
// colours, and by its own `theme` on a page of the other scheme.

const LOOKS = [
  { name: 'light', dir: 'ltr', media: { colorScheme: 'light', forcedColors: 'none' }, picture: true },
  { name: 'dark-rtl', dir: 'rtl', media: { colorScheme: 'dark', forcedColors: 'none' }, picture: true },
  { name: 'forced-colours', dir: 'ltr', media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'theme-light', dir: 'ltr', media: { colorScheme: 'dark', forcedColors: 'none' }, theme: 'light' },
  { name: 'theme-dark', dir: 'ltr', media: { colorScheme: 'light', forcedColors: 'none' }, theme: 'dark' },
] as const;

for (const story of entries('story')) {
  test(story.id, async ({ page }) => {
    await bringAxe(page);
    const { said, strangers } = await openStory(page, story);
    expect(await foreignGlyphs(page), 'glyphs of this machine’s fonts').toEqual([]);
    // One load is enough: scheme and direction are styles, and what differs between them is what is judged.
    for (const look of LOOKS) {
      await page.emulateMedia(look.media);
      await page.locator('main').evaluate(
        (main, { dir, theme }) => {
          main.setAttribute('dir', dir);
          if (theme === undefined) return;
          for (const element of main.querySelectorAll('chat-room, chat-box, presence-badge')) {
            element.setAttribute('theme', theme);
          }
        },
        { dir: look.dir, theme: 'theme' in look ? look.theme : undefined },
      );
      if ('picture' in look) await expect(page).toHaveScreenshot([...pictureOf(story, look.name)]);
      expect(await violations(page), look.name).toEqual([]);
    }
    expect(said).toEqual([]);
    expect(strangers).toEqual([]);
  });
}
