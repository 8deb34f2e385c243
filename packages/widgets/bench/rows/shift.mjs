// What a chat that comes late does to the page around it.

import { withServer } from '../lib/room-server.mjs';
import { OURS } from '../lib/verdict.mjs';

/** Milliseconds that each of our files is late. */
const LATE = 400;
/** Milliseconds of quiet after which nothing moves any more. */
const QUIET = 1500;
const WORDS = 'A page of somebody else, with words before and after what comes late. '.repeat(6);

/** As docs/how-to/embed.md says: the elements have the place that they will take. */
const page = (scripts, tags) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Late</title>
<style>
  body { font: 16px/1.5 sans-serif; max-width: 720px; margin: 24px auto }
  chat-room { display: block; height: 400px }
  presence-badge:not(:defined) { display: inline-block; width: max(.75em, 10px); height: max(.75em, 10px) }
</style>
${scripts}
<h1>Words before it</h1><p>${WORDS}</p>
${tags ? '<p>Mira <presence-badge user="nobody"></presence-badge> wrote this. </p>' : '<p>Mira wrote this.</p>'}
${tags ? '<chat-room room="bench"></chat-room>' : '<div style="height: 400px"></div>'}
<p>${WORDS}</p><p>${WORDS}</p>
${tags ? '<chat-box room="bench"></chat-box>' : ''}`;

function watch() {
  globalThis.shifts = [];
  globalThis.largest = 0;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => node?.nodeName?.toLowerCase() ?? 'something').join(', ');
      globalThis.shifts.push({ value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    globalThis.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

async function see(turn, url, done) {
  await turn.page.addInitScript(watch);
  await turn.page.goto(url);
  await turn.page.waitForFunction(done);
  await turn.page.waitForTimeout(QUIET);
  return turn.page.evaluate(() => ({ shifts: globalThis.shifts, largest: globalThis.largest }));
}

async function play(turn, { site, server, slowdown }) {
  turn.page.setDefaultTimeout(60_000);
  await turn.throttle(slowdown);
  // The first page of a browser is slower than any other.
  await see(turn, site.page(page('', false)), 'true');
  const without = await see(turn, site.page(page('', false)), 'true');
  await turn.page.route(`${server.origin}/embed**`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LATE));
    await route.continue();
  });
  const script = `<script type="module" src="${server.origin}/embed.js"></script>`;
  const { shifts, largest } = await see(turn, site.page(page(script, true)), () => {
    const inside = (tag, selector) =>
      document.querySelector(tag)?.shadowRoot?.querySelector(selector) != null;
    return inside('chat-room', 'textarea') && inside('chat-box', 'button') && inside('presence-badge', '*');
  });
  return {
    figures: {
      cls: shifts.reduce((sum, { value }) => sum + value, 0),
      without: without.largest,
      lcp: largest,
      later: largest - without.largest,
    },
    notes: shifts.map(({ moved }) => `moved: ${moved}.`),
  };
}

export const shift = {
  id: 'shift',
  title: 'A chat that comes late: room, box and badge with text before and after',
  note: `Each of our files is ${LATE} ms late; the page gives the elements their places as docs/how-to/embed.md says.`,
  figures: [
    { id: 'cls', name: 'cumulative layout shift', unit: '', most: 0, structural: true },
    { id: 'lcp', name: 'largest contentful paint', unit: 'ms' },
    { id: 'without', name: 'the same page without the elements', unit: 'ms' },
    { id: 'later', name: 'later by', unit: 'ms' },
  ],
  rounds: 3,
  subjects: ({ site }) => [
    {
      name: OURS,
      run: ({ turn, ...options }) =>
        withServer((server) => turn((one) => play(one, { site, server, ...options }))),
    },
  ],
};
