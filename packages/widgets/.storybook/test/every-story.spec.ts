import { createRequire } from 'node:module';
import { expect, type Page, test } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { address, entries, serveBuild } from './static-build.js';

// Every story shows what it is about, says nothing on the console, asks nobody for anything, and has no violation of
// WCAG 2.2 AA or of what axe calls best practice: light, dark and from right to left, in forced colours.

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const LOOKS = [
  { name: 'light', dir: 'ltr', media: { colorScheme: 'light' } },
  { name: 'dark, right to left', dir: 'rtl', media: { colorScheme: 'dark' } },
  { name: 'forced colours', dir: 'ltr', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

/** Where the story's render stands, once it stands somewhere; its play function has waited for what it shows. */
async function finished(page: Page): Promise<void> {
  const phase = await page.waitForFunction(() => {
    const preview = (globalThis as { __STORYBOOK_PREVIEW__?: { currentRender?: { phase?: string } } })
      .__STORYBOOK_PREVIEW__;
    const now = preview?.currentRender?.phase;
    return now === 'finished' || now === 'errored' || now === 'aborted' ? now : undefined;
  });
  const told = await page.locator('#error-message').textContent();
  expect(await phase.jsonValue(), told ?? '').toBe('finished');
}

/** What axe finds wrong with the story itself, one line each. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: { run(...args: unknown[]): Promise<AxeResults> } };
    const found = await axe.run('#storybook-root', {
      runOnly: rules,
      resultTypes: ['violations'],
    });
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
  }, RULES);
}

for (const story of entries('story')) {
  test(story.id, async ({ page }) => {
    const strangers = await serveBuild(page);
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(String(error)));
    await page.addInitScript({ path: AXE });
    await page.goto(address(story));
    await finished(page);
    // One load is enough: scheme and direction are styles, and what differs between them is what is judged.
    for (const look of LOOKS) {
      await page.emulateMedia(look.media);
      await page.locator('main').evaluate((main, direction) => main.setAttribute('dir', direction), look.dir);
      expect(await violations(page), look.name).toEqual([]);
    }
    expect(said).toEqual([]);
    expect(strangers).toEqual([]);
  });
}
