import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';

/** A clock whose timers can all be undone at once: what a module sets dies with it. */
export class OwnedClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Off>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Millis {
    return this.#clock.now();
  }

  monotonic(): Millis {
    return this.#clock.monotonic();
  }

  after(delay: Millis, run: () => void): Off {
    const off = this.#own(
      this.#clock.after(delay, () => {
        this.#timers.delete(off);
        run();
      }),
    );
    return off;
  }

  every(period: Millis, run: () => void): Off {
    return this.#own(this.#clock.every(period, run));
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Undoes every timer. */
  stop(): void {
    for (const off of [...this.#timers]) off();
  }

  #own(undo: Off): Off {
    const off = () => {
      this.#timers.delete(off);
      undo();
    };
    this.#timers.add(off);
    return off;
  }
}
