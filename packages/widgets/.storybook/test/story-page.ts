import { expect, type Page } from '@playwright/test';
import { address, type Entry, serveBuild } from './static-build.js';

/** Window sizes. One with the tag `phone` or `wide` has that; the others have what their stage takes by default. */
const PHONE = { width: 360, height: 640 };
const WIDE = { width: 752, height: 600 };
const STAGE = { width: 392, height: 512 };

function windowOf({ id, tags }: Entry): { readonly width: number; readonly height: number } {
  if (tags.includes('phone')) return PHONE;
  // A box stands at the corner of a window, and fills one that is narrow.
  return tags.includes('wide') || id.startsWith('chat-box') ? WIDE : STAGE;
}

/** A story in a window of its own. */
export interface StoryPage {
  /** What it said on the console, errors that nobody caught included. */
  readonly said: readonly string[];
  /** What it asked of anybody else. */
  readonly strangers: readonly string[];
}

/** Opens a story and waits until its play function has seen what the story is about. */
export async function openStory(
  page: Page,
  entry: Entry,
  globals: Readonly<Record<string, string>> = {},
): Promise<StoryPage> {
  const strangers = await serveBuild(page);
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  await page.setViewportSize(windowOf(entry));
  await page.goto(address(entry, { line: 'brief', ...globals }));
  await finished(page);
  return { said, strangers };
}

/** Waits for the end of the story's render, and of its play function. */
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
