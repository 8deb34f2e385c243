import { randomBytes } from 'node:crypto';
import type { Env, Millis, Off } from '@meerkat-chat/xmpp';

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
      bytes: (length) => randomBytes(length),
    },
  };
}

/** Runs something when this turn of the event loop has read what there was to read. */
export function afterTurn(run: () => void): void {
  setImmediate(run);
}
