import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BuiltSite } from '../support/built-site.js';
import { expect, test } from '../support/fixtures.js';
import { problemsOf } from '../support/problems.js';
import { RoomPage, snippet } from '../support/room-page.js';

// The examples as somebody who copies one of them runs it: built by Vite from the packages' entries.

for (const framework of ['react', 'vue', 'svelte']) {
  test(`the example in ${framework}: an event, an object, a boolean and a theme arrive`, async ({
    server,
    otherSite,
    browser,
  }) => {
    const site = await BuiltSite.open(`examples/${framework}/vite.config.ts`, {
      VITE_CHAT_SERVER: server.url,
    });
    try {
      const page = await browser.newPage();
      const problems = await problemsOf(page);
      await page.goto(`${site.url}/`);
      const room = new RoomPage(page);
      await expect(room.element.getByText('Nobody has said anything about storks yet.')).toBeVisible();

      const other = await browser.newPage();
      await other.goto(otherSite.page('/tom.html', snippet(server.url, 'room="storks" nick="Tom"')));
      const toms = new RoomPage(other);
      await toms.say('They are back');
      await room.sees('They are back');
      await expect(page.getByRole('status').filter({ hasText: 'heard' })).toHaveText(
        '1 heard since you came',
      );

      const scheme = () => room.element.evaluate((element) => getComputedStyle(element).colorScheme);
      await page.getByLabel('Theme').selectOption('dark');
      await expect.poll(scheme).toBe('dark');
      await page.getByLabel('Theme').selectOption('light');
      await expect.poll(scheme).toBe('light');

      await page.getByLabel('Read only').check();
      await expect(room.composer).toBeHidden();
      await expect(room.element).toHaveAttribute('readonly', '');
      await page.getByLabel('Read only').uncheck();
      await room.say('So I see');
      await room.giveName('Mira');
      await toms.sees('So I see');
      expect(problems).toEqual([]);
    } finally {
      await site.close();
    }
  });
}

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFile(path.join(root, file), 'utf8');
/** The fenced blocks of a text, with what they say they are. */
const blocks = (text: string) =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind = '', code = '']) => ({ kind, code }));

test('what the how-to for frameworks shows stands in the examples', async () => {
  const files = {
    tsx: ['react/src/app.tsx'],
    vue: ['vue/src/App.vue'],
    svelte: ['svelte/src/App.svelte'],
    ts: ['vue/vite.config.ts'],
  };
  let shown = 0;
  for (const { kind, code } of blocks(await read('docs/how-to/frameworks.md'))) {
    if (!(kind in files)) continue;
    const sources = await Promise.all(
      files[kind as keyof typeof files].map((file) => read(`examples/${file}`)),
    );
    const lines = new Set(sources.flatMap((source) => source.split('\n').map((line) => line.trim())));
    for (const line of code.split('\n')) expect([...lines], kind).toContain(line.trim());
    shown++;
  }
  expect(shown).toBeGreaterThanOrEqual(4);
});
