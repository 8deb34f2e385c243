import type { Clock, Millis } from '../env.js';
import type { Off } from '../link.js';

interface Timer {
  at: Millis;
  readonly order: number;
  readonly period?: Millis;
  readonly run: () => void;
}

/** A clock that stands still until told: timers run in order of their time, inside `advance`. */
export class FakeClock implements Clock {
  #now: Millis;
  #order = 0;
  readonly #timers = new Set<Timer>();

  /** @param start the time of day that it shows first */
  constructor(start: Millis = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): Millis {
    return this.#now;
  }

  monotonic(): Millis {
    return this.#now;
  }

  after(delay: Millis, run: () => void): Off {
    return this.#add({ at: this.#now + Math.max(0, delay), order: this.#order++, run });
  }

  every(period: Millis, run: () => void): Off {
    return this.#add({ at: this.#now + period, order: this.#order++, period, run });
  }

  /** How many timers wait: a leak test compares it before and after. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets time pass and runs what falls due, timers that are set on the way included. */
  advance(span: Millis): void {
    const end = this.#now + span;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#now = next.at;
      if (next.period === undefined) this.#timers.delete(next);
      else next.at += next.period;
      next.run();
    }
    this.#now = end;
  }

  #add(timer: Timer): Off {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #due(end: Millis): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}
