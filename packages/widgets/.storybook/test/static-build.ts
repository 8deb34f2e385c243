import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = path.resolve(import.meta.dirname, '../../storybook-static');
// Nothing listens there: every request is answered from the folder, so a story can reach nothing else.
const ORIGIN = 'http://stories.localhost';

/** A story or a page of documentation. */
export interface Entry {
  readonly id: string;
  readonly type: 'docs' | 'story';
  readonly tags: readonly string[];
}

/** What the build holds, as its index tells. */
export function entries(type: Entry['type']): readonly Entry[] {
  const index: { readonly entries: Readonly<Record<string, Entry>> } = JSON.parse(
    readFileSync(path.join(FOLDER, 'index.json'), 'utf8'),
  );
  return Object.values(index.entries).filter((entry) => entry.type === type);
}

/** Serves the build to a page. What it asks for that is not there, or elsewhere, is in the list that is returned. */
export async function serveBuild(page: Page): Promise<readonly string[]> {
  const strangers: string[] = [];
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = path.join(FOLDER, path.normalize(url.pathname));
    if (url.origin === ORIGIN) {
      await route.fulfill({ path: file }).catch(() => {
        strangers.push(url.href);
        return route.abort();
      });
      return;
    }
    strangers.push(url.href);
    await route.abort();
  });
  return strangers;
}

/** The address of an entry alone, without Storybook around it. */
export function address(entry: Entry, globals: Readonly<Record<string, string>> = {}): string {
  const list = Object.entries({ ...globals, 'a11y.manual': '!true' }).map(
    ([name, value]) => `${name}:${value}`,
  );
  return `${ORIGIN}/iframe.html?id=${entry.id}&viewMode=${entry.type}&globals=${list.join(';')}`;
}
