import { randomFillSync } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Env, Millis, Off } from '@meerkat-chat/xmpp';
import { boundedText } from './auth/site/bounded-text.js';
import type { SiteFetch } from './auth/site/site-inquiry.js';

/** Node's timers fire at once for anything longer. */
const LONGEST_TIMER: Millis = 0x7fffffff;

function after(delay: Millis, run: () => void): Off {
  let timer: NodeJS.Timeout;
  const wait = (left: Millis): void => {
    timer = setTimeout(
      () => (left > LONGEST_TIMER ? wait(left - LONGEST_TIMER) : run()),
      Math.min(left, LONGEST_TIMER),
    );
  };
  wait(delay);
  return () => clearTimeout(timer);
}

/** Randomness is asked of the system so many bytes at a time: a question costs as much as all else of making an id. */
const RANDOM_POOL = 4096;

/** Random bytes, none of which is given out twice or kept. */
function randomBytes(): (length: number) => Uint8Array {
  const pool = Buffer.alloc(RANDOM_POOL);
  let used = RANDOM_POOL;
  return (length) => {
    const bytes = new Uint8Array(length);
    if (length > RANDOM_POOL) return randomFillSync(bytes);
    if (used + length > RANDOM_POOL) {
      randomFillSync(pool);
      used = 0;
    }
    bytes.set(pool.subarray(used, used + length));
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}

/** The real clock and randomness: the one place of the server that touches them. */
export function createRuntimeEnv(): Env {
  return {
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      after,
      every(period, run) {
        const timer = setInterval(run, Math.min(period, LONGEST_TIMER));
        return () => clearInterval(timer);
      },
    },
    random: {
      number: () => Math.random(),
      bytes: randomBytes(),
    },
  };
}

/** Runs something when this turn of the event loop has read what there was to read. */
export function afterTurn(run: () => void): void {
  setImmediate(run);
}

/** What this process has taken. */
export interface ProcessUse {
  /** In user and kernel mode, of all threads. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Time of day. */
  readonly startedAt: Millis;
}

/** Looks at this process: what it has taken so far. */
export function processUse(): ProcessUse {
  const { system, user } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: rss,
    heapBytes: heapUsed,
    startedAt: performance.timeOrigin,
  };
}

/** How often the event loop is looked at, in milliseconds. */
const LAG_RESOLUTION = 20;

/** Watches how late the event loop is, outside JavaScript. */
export interface LoopWatch {
  /** Since the last call: how late, in milliseconds, not later than which half, 99 % and all of the looks found it. */
  read(): Readonly<Record<'0.5' | '0.99' | '1', Millis>>;
  stop(): void;
}

/** Begins to watch. It does not keep the process alive. */
export function watchLoop(): LoopWatch {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION });
  delay.enable();
  const late = (nanos: number): Millis => Math.max(0, nanos / 1e6 - LAG_RESOLUTION);
  return {
    read() {
      const lag = {
        '0.5': late(delay.percentile(50)),
        '0.99': late(delay.percentile(99)),
        '1': late(delay.max),
      };
      delay.reset();
      return lag;
    },
    stop: () => void delay.disable(),
  };
}

/** Asks the back end of a site. No more of its answer is read than has place in memory, whatever it sends. */
export const siteFetch: SiteFetch = async (url, init) => {
  const { body, status } = await fetch(url, init);
  return { status, text: () => boundedText(body) };
};
