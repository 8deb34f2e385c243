// The list under load once more, with all there is below it: a real server, a real socket, the session, the room.

import { Talkers } from '../lib/room-server.mjs';
import { roomSubjects } from '../lib/room-subjects.mjs';
import { LIST_FIGURES, listFigures, RATE } from './list.mjs';

const TALKERS = 12;
/** What is there when the page comes. */
const BEFORE = 30;
const VIEWPORT = { width: 800, height: 700 };
/** Milliseconds until somebody is in. */
const PATIENCE = 60_000;

async function play(turn, { html, isIn, rows, shows }, { site, server, slowdown, seconds }) {
  const { page } = turn;
  page.setDefaultTimeout(PATIENCE);
  const talkers = await Talkers.join(server, TALKERS);
  try {
    await talkers.flood({ rate: RATE, seconds: BEFORE / RATE });
    await page.goto(site.page(html(server)));
    await page.waitForFunction(isIn);
    await page.waitForFunction(`(${rows})() >= ${BEFORE}`);
    await turn.throttle(slowdown);
    const before = await turn.spent();
    await page.evaluate(async () => {
      const { startMeter } = await import('/meter.js');
      globalThis.meter = startMeter();
    });
    const last = await talkers.flood({ rate: RATE, seconds });
    const said = performance.now();
    const notes = [];
    const shown = await page.waitForFunction(shows, last, { timeout: seconds * 500 + PATIENCE }).catch(() => {
      notes.push(`had not shown the last message ${seconds / 2 + PATIENCE / 1000} s after it was said.`);
    });
    const behind = shown ? performance.now() - said : Number.NaN;
    const records = {
      ...(await page.evaluate(() => globalThis.meter.stop())),
      rows: await page.evaluate(rows),
    };
    const after = await turn.spent();
    if (records.rows === 0) notes.push('had no message on the page at the end.');
    const figures = await listFigures(turn, records, after.tasks - before.tasks);
    return { figures: Number.isNaN(behind) ? figures : { ...figures, behind }, notes };
  } finally {
    talkers.leave();
  }
}

export const socket = {
  id: 'socket',
  title: 'The same over a real socket: 100 messages/s from 12 people through a server',
  note: 'Ours as a guest; converse.js with an account, in one room, embedded. Server and talkers run on the same processors.',
  figures: [...LIST_FIGURES, { id: 'behind', name: 'last message shown after', unit: 'ms' }],
  rounds: 1,
  subjects: roomSubjects(play, { viewport: VIEWPORT }),
};
