import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Lets `violations` judge the page; before it is opened. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript({ path: AXE });
}

/**
 * What axe finds wrong with the story itself by WCAG 2.2 AA and best practice, one line each.
 *
 * @param only where nothing but the colours is another: whether they can be told apart
 */
export async function violations(page: Page, only?: 'colours'): Promise<readonly string[]> {
  const runOnly = only === undefined ? RULES : ['color-contrast', 'link-in-text-block'];
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
  }, runOnly);
}
