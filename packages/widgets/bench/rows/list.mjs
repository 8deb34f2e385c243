// A list under load: 100 messages a second while the newest is followed.

import { blockingTime, frameFigures } from '../lib/frames.mjs';
import { OURS } from '../lib/verdict.mjs';

/** Messages a second. */
export const RATE = 100;
/** The figures of any list under load. */
export const LIST_FIGURES = [
  { id: 'fps', name: 'frames a second', unit: '', least: 50 },
  { id: 'p95', name: 'p95 frame', unit: 'ms', most: 34 },
  { id: 'worst', name: 'worst frame', unit: 'ms' },
  { id: 'blocking', name: 'blocking time', unit: 'ms' },
  { id: 'busy', name: 'CPU time of the main thread', unit: '%' },
  { id: 'rows', name: 'rows', unit: '', most: 200, structural: true },
  { id: 'nodes', name: 'DOM nodes', unit: '', most: 4000, structural: true },
  { id: 'heap', name: 'heap after a collection', unit: 'MB' },
];
const VIEWPORT = { width: 800, height: 700 };
/** Seconds that a page has beyond those that it gives itself. */
const GRACE = 120;

/** What a meter's records and the DevTools protocol come to. */
export async function listFigures(turn, { frames, tasks, rows }, spent) {
  await turn.throttle(1);
  const { nodes, heap } = await turn.kept();
  const took = frames.at(-1) - frames[0];
  return {
    ...frameFigures(frames),
    blocking: blockingTime(tasks),
    busy: (spent * 100_000) / took,
    rows,
    nodes,
    heap: heap / 1e6,
  };
}

async function play(turn, url, { slowdown, seconds }) {
  const { page } = turn;
  page.setDefaultTimeout((seconds * 2 + GRACE) * 1000);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.bench !== undefined);
  await page.evaluate(() => globalThis.bench.begin({ room: { messages: 30, occupants: 40 } }));
  await turn.throttle(slowdown);
  const before = await turn.spent();
  const records = await page.evaluate((load) => globalThis.bench.flood(load), { rate: RATE, seconds });
  const after = await turn.spent();
  const figures = await listFigures(turn, records, after.tasks - before.tasks);
  const { said, due, took, gap } = records;
  const notes = [];
  if (said < due) {
    const [some, all] = [said, due].map((count) => count.toLocaleString('en-GB'));
    notes.push(`stopped after ${Math.round(took / 1000)} s with ${some} of ${all} messages.`);
  }
  if (gap > 1) notes.push(`the newest message was not in view at the end (${Math.round(gap)} px above it).`);
  return { figures, notes };
}

export const list = {
  id: 'list',
  title: 'List under load: 100 messages/s, pinned to the newest',
  note: '360 x 600 px, texts of 3 to 20 words; ours on the fake chat of the SDK, deep-chat by `addMessage`.',
  figures: LIST_FIGURES,
  rounds: 1,
  subjects: ({ site }) =>
    [
      [OURS, 'ours/fake-room.html'],
      ['deep-chat', 'deep-chat.html'],
    ].map(([name, page]) => ({
      name,
      run: (options) =>
        options.turn((turn) => play(turn, `${site.origin}/${page}`, options), { viewport: VIEWPORT }),
    })),
};
