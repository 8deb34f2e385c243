import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import type { Compared } from './renderer-page.js';

// The bundle has a renderer and an element of its own in place of Lit's: both do the same, step by step.

async function open(page: Page): Promise<void> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: path.join(import.meta.dirname, 'renderer-page.ts'), formats: ['es'], fileName: 'page' },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [];
  await page.addScriptTag({ type: 'module', content: bundle?.output[0].code ?? '' });
}

test('the bundle’s renderer shows what Lit’s does', async ({ page }) => {
  await open(page);
  const { lit, lean } = await page.evaluate(() => (globalThis as unknown as Compared).shown);
  expect(lit.lists).toHaveLength(10);
  expect(lean).toEqual(lit);
});

test('the bundle’s element does what Lit’s does', async ({ page }) => {
  await open(page);
  const { lit, lean } = await page.evaluate(() => (globalThis as unknown as Compared).done);
  expect(lit.failing).toHaveLength(5);
  const named = JSON.parse(JSON.stringify(lean).replaceAll('lean-probe', 'lit-probe'));
  expect(named).toEqual(lit);
});
