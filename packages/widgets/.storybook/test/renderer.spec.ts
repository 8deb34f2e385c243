import path from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import type { Played } from './renderer-cases.js';

// The bundle has a renderer of its own in place of Lit's: both show the same, step by step.

test('the bundle’s renderer shows what Lit’s does', async ({ page }) => {
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
  const { lit, lean } = await page.evaluate(() => {
    const { lit, lean } = globalThis as unknown as Record<'lean' | 'lit', Played>;
    return { lit, lean };
  });
  expect(lit.lists).toHaveLength(10);
  expect(lean).toEqual(lit);
});
