// A Chromium of its own for each turn, so that none inherits what another one has left in memory.

import { chromium } from '@playwright/test';
import { findBrowser } from '../../../../scripts/lib/browser.mjs';

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-first-run',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** Milliseconds that a turn may take; the slowest page is given 90 s of messages to be late with. */
const PATIENCE = 300_000;

/** Where the browser is. @throws Error when there is none */
export async function chromiumHere() {
  const executablePath = await findBrowser();
  if (executablePath === undefined)
    throw new Error('no Chromium found: run npm test, or set MEERKAT_TEST_BROWSER');
  return executablePath;
}

/** Its name and version. */
export async function browserVersion() {
  const browser = await launch();
  try {
    return `Chromium ${browser.version()}`;
  } finally {
    await browser.close();
  }
}

async function launch() {
  // Chromium's sandbox does not run as root, which a container usually is.
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  return chromium.launch({ executablePath: await chromiumHere(), args });
}

/** A page and what the DevTools protocol tells of it. */
export class Turn {
  /** @type {import('@playwright/test').Page} */
  page;
  #cdp;

  constructor(page, cdp) {
    this.page = page;
    this.#cdp = cdp;
  }

  /** Makes the processor so many times slower, from now on; 1 is as it is. */
  async throttle(rate) {
    await this.#cdp.send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** CPU seconds of the main thread since the page's process began: all tasks, and scripts alone. */
  async spent() {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { tasks: of('TaskDuration'), script: of('ScriptDuration') };
  }

  /** What is there after a collection: nodes of all documents, and bytes of the heap. */
  async kept() {
    for (let time = 0; time < 2; time++) await this.#cdp.send('HeapProfiler.collectGarbage');
    const { nodes } = await this.#cdp.send('Memory.getDOMCounters');
    const { usedSize } = await this.#cdp.send('Runtime.getHeapUsage');
    return { nodes, heap: usedSize };
  }

  /** Another command of the protocol. */
  async send(command, options) {
    return this.#cdp.send(command, options);
  }
}

async function tooLong(patience) {
  await new Promise((resolve) => setTimeout(resolve, patience).unref());
  throw new Error(`the page hung for ${patience / 1000} s`);
}

/**
 * Opens a browser for one turn.
 * @param {(turn: Turn) => Promise<T>} play
 * @param {import('@playwright/test').BrowserContextOptions & { patience?: number }} [options] `patience`: milliseconds
 *   that the turn may take, five minutes by default
 * @returns {Promise<T>} what the turn gave
 * @throws Error when the page hangs
 * @template T
 */
export async function takeTurn(play, { patience = PATIENCE, ...options } = {}) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    // What the thread itself took: time that other programs have had does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await Promise.race([play(new Turn(page, cdp)), tooLong(patience)]);
  } finally {
    await browser.close();
  }
}
