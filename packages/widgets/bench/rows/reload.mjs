// A reload: when the messages from before are there again.

import { ROOM, Talkers } from '../lib/room-server.mjs';
import { roomSubjects } from '../lib/room-subjects.mjs';

const MESSAGES = 60;
const PATIENCE = 60_000;

/** Runs in the page before anything else: notes the time of the first frame that shows a row. */
function watch(rows) {
  const look = () => {
    // The frame after it has been painted.
    if (rows() > 0)
      requestAnimationFrame(() =>
        setTimeout(() => Object.assign(globalThis, { painted: performance.now() })),
      );
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function play(turn, { html, isIn, rows }, { site, server, slowdown }) {
  const { page } = turn;
  page.setDefaultTimeout(PATIENCE);
  const talkers = await Talkers.join(server, 3);
  try {
    await talkers.flood({ rate: 100, seconds: MESSAGES / 100 });
    await page.goto(site.page(html(server)));
    await page.waitForFunction(isIn);
    await page.waitForFunction(`(${rows})() > 10`);
    await page.addInitScript(`(${watch})(${rows})`);
    await turn.throttle(slowdown);
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.painted !== undefined);
    const painted = await page.evaluate(() => globalThis.painted);
    const first = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    await page.waitForFunction(isIn);
    return { figures: { painted, ...(first === undefined ? {} : { first }) }, notes: [] };
  } finally {
    talkers.leave();
  }
}

export const reload = {
  id: 'reload',
  title: 'A reload: messages from before',
  note: `From the navigation until ${ROOM}'s messages are painted; scripts come from the browser's cache.`,
  figures: [
    { id: 'painted', name: 'messages painted after', unit: 'ms' },
    { id: 'first', name: 'first paint of the page after', unit: 'ms' },
  ],
  rounds: 3,
  subjects: roomSubjects(play),
};
