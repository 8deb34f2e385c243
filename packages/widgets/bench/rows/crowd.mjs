// A room with ten thousand people in it, all of whom the page is told of.

import { openCrowd } from '../lib/crowd-proxy.mjs';
import { blockingTime, frameFigures } from '../lib/frames.mjs';
import { roomSubjects } from '../lib/room-subjects.mjs';

const PEOPLE = 10_000;
/** Presences a second: as many come as go. */
const STORM = 500;
/** The storm takes no longer, however long floods are. */
const STORM_SECONDS = 10;
const PATIENCE = 60_000;

async function play(turn, kind, { site, server, slowdown, seconds }) {
  const { page } = turn;
  page.setDefaultTimeout(PATIENCE);
  const crowd = await openCrowd(server, PEOPLE);
  try {
    await page.goto(site.page(kind.html(server, crowd.url)));
    const join = await crowd.joining();
    await turn.throttle(slowdown);
    const before = await turn.spent();
    const begun = performance.now();
    join();
    await page.waitForFunction(`(${kind.people})() > ${PEOPLE} && (${kind.isIn})()`);
    const usable = performance.now() - begun;
    const joined = await turn.spent();
    await page.evaluate(async () => {
      const { startMeter } = await import('/meter.js');
      globalThis.meter = startMeter();
    });
    await crowd.storm({ rate: STORM, seconds: Math.min(seconds, STORM_SECONDS) });
    const { frames, tasks } = await page.evaluate(() => globalThis.meter.stop());
    const { fps, worst } = frameFigures(frames);
    const stormed = await turn.spent();
    const busy = ((stormed.tasks - joined.tasks) * 100_000) / (frames.at(-1) - frames[0]);
    const thread = (joined.tasks - before.tasks) * 1000;
    return { figures: { usable, thread, fps, worst, blocking: blockingTime(tasks), busy }, notes: [] };
  } finally {
    await crowd.close();
  }
}

export const crowd = {
  id: 'crowd',
  title: 'A room of 10,000, and 500 presences/s',
  note: 'All presences are sent to the page, which a server of ours would do only where a room is told to (`all`). Joining is from the stanza that asks for it until the number of people stands there and one can write.',
  figures: [
    { id: 'usable', name: 'join to usable', unit: 'ms' },
    { id: 'thread', name: 'CPU time of the main thread until then', unit: 'ms' },
    { id: 'fps', name: 'frames a second while 500 presences/s come', unit: '', least: 50 },
    { id: 'worst', name: 'worst frame then', unit: 'ms' },
    { id: 'blocking', name: 'blocking time then', unit: 'ms' },
    { id: 'busy', name: 'CPU time of the main thread then', unit: '%' },
  ],
  rounds: 1,
  subjects: roomSubjects(play),
};
