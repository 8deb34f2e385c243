import { randomBytes } from 'node:crypto';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Env } from '@meerkat-chat/xmpp';

/**
 * The real clock and randomness of a generator. Its monotonic time is the machine's (CLOCK_MONOTONIC), not the
 * process's, so that what one process sent and another received can be told apart by their times.
 */
export function createLoadEnv(): Env {
  return {
    clock: {
      now: () => Date.now(),
      monotonic: () => Number(process.hrtime.bigint()) / 1e6,
      after(delay, run) {
        const timer = setTimeout(run, delay);
        return () => clearTimeout(timer);
      },
      every(period, run) {
        const timer = setInterval(run, period);
        return () => clearInterval(timer);
      },
    },
    random: {
      number: () => Math.random(),
      bytes: (length) => randomBytes(length),
    },
  };
}

/** How often the event loop is looked at, in milliseconds. */
const LAG_RESOLUTION = 10;

/** What this process has taken so far. */
export interface OwnUse {
  readonly cpuSeconds: number;
  /** 99th percentile of how late the event loop was since the last look, in milliseconds. */
  readonly lagP99: number;
}

/** Watches this process: its CPU, and how late its event loop is. */
export class OwnProcess {
  readonly #lag: IntervalHistogram = monitorEventLoopDelay({ resolution: LAG_RESOLUTION });

  constructor() {
    this.#lag.enable();
  }

  /** CPU seconds so far, which costs next to nothing. */
  get cpuSeconds(): number {
    const { system, user } = process.cpuUsage();
    return (user + system) / 1e6;
  }

  /** The lag since the last call. */
  look(): OwnUse {
    const lag = this.#lag.percentile(99) / 1e6 - LAG_RESOLUTION;
    this.#lag.reset();
    return { cpuSeconds: this.cpuSeconds, lagP99: Math.max(0, lag) };
  }

  stop(): void {
    this.#lag.disable();
  }
}
