// What it costs to have the code: fetched from next door, run, and nothing shown yet.

import path from 'node:path';
import { embedFiles } from '../../../../scripts/lib/embed-files.mjs';
import { blockingTime } from '../lib/frames.mjs';
import { OURS } from '../lib/verdict.mjs';

const BLANK = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Blank</title></html>';

async function play(turn, site, scripts, slowdown) {
  const { page } = turn;
  await page.goto(site.page(BLANK));
  await page.evaluate(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  await turn.throttle(slowdown);
  const before = await turn.spent();
  await page.evaluate(async (urls) => {
    await Promise.all(urls.map((url) => import(url)));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  }, scripts);
  const after = await turn.spent();
  const blocking = blockingTime(await page.evaluate(() => globalThis.tasks));
  await turn.throttle(1);
  const { heap } = await turn.kept();
  const [script, tasks] = ['script', 'tasks'].map((name) => (after[name] - before[name]) * 1000);
  return { figures: { script, tasks, blocking, heap: heap / 1e6 }, notes: [] };
}

export const boot = {
  id: 'boot',
  title: 'Boot: running the scripts that must be there before anything is',
  note: 'Each time in a new browser, so that nothing comes compiled from a cache. Ours: embed.js and all that `<chat-room>` needs to read and send. Of converse.js without its style sheet.',
  figures: [
    { id: 'script', name: 'script, CPU time', unit: 'ms', most: 60 },
    { id: 'tasks', name: 'CPU time of the main thread, all', unit: 'ms' },
    { id: 'blocking', name: 'blocking time', unit: 'ms' },
    { id: 'heap', name: 'heap after a collection', unit: 'MB' },
  ],
  rounds: 5,
  subjects: ({ site }) =>
    [
      ['nothing', []],
      [OURS, [...embedFiles('chat-room'), ...embedFiles()].map((file) => path.posix.join('/embed', file))],
      ['deep-chat', ['/peers/deep-chat/dist/deepChat.bundle.js']],
      ['converse.js', ['/peers/converse.js/dist/converse.min.js']],
    ].map(([name, scripts]) => ({
      name,
      run: ({ turn, slowdown }) => turn((one) => play(one, site, scripts, slowdown)),
    })),
};
