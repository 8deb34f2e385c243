// Somebody reads further up while messages come.

import { OURS } from '../lib/verdict.mjs';

const APPENDS = 1000;

export const drift = {
  id: 'drift',
  title: 'Scrolled up during a flood: 1,000 messages at 200/s',
  note: 'The farthest that the first row in view has moved from its place.',
  figures: [{ id: 'drift', name: 'drift of the row that is read', unit: 'px', most: 1, structural: true }],
  rounds: 1,
  subjects: ({ site }) =>
    [
      [OURS, 'ours/fake-room.html'],
      ['deep-chat', 'deep-chat.html'],
    ].map(([name, where]) => ({
      name,
      run: ({ turn }) =>
        turn(async ({ page }) => {
          page.setDefaultTimeout(120_000);
          await page.goto(`${site.origin}/${where}`);
          await page.waitForFunction(() => globalThis.bench !== undefined);
          await page.evaluate(() => globalThis.bench.begin({ room: { messages: 120, occupants: 40 } }));
          // Enough to scroll in, where a page does not begin with messages.
          if (name !== OURS) await page.evaluate(() => globalThis.bench.flood({ rate: 200, seconds: 0.5 }));
          const options = { appends: APPENDS, at: 1500 };
          const moved = await page.evaluate((wanted) => globalThis.bench.drift(wanted), options);
          return { figures: { drift: moved }, notes: [] };
        }),
    })),
};
