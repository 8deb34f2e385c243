import { expect, type Page } from '@playwright/test';
import { address, type Entry, serveBuild } from './static-build.js';

const PHONE = { width: 360, height: 640 };
const WINDOW = { width: 752, height: 600 };
/** What the stage has around a story, in px. */
const MARGIN = 16;

/** What of the page a story fills; undefined for the window, at whose corner a box stands, or which it fills on a phone. */
export async function partOf(page: Page, entry: Entry): Promise<Clip | undefined> {
  if (entry.tags.includes('phone') || (await page.locator('chat-box').count()) > 0) return undefined;
  const frame = await page.locator('main > div').boundingBox();
  if (frame === null) throw new Error('the story stands on no stage');
  const top = Math.max(0, Math.floor(frame.y) - MARGIN);
  return {
    x: Math.floor(frame.x) - MARGIN,
    y: top,
    width: Math.ceil(frame.width) + 2 * MARGIN,
    height: Math.ceil(frame.height) + 2 * MARGIN,
  };
}

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
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
  await page.setViewportSize(entry.tags.includes('phone') ? PHONE : WINDOW);
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
