import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';

/** Something that is to be looked at when its time has come. */
export interface Due {
  /** @returns when to look again, on the clock's monotonic time; undefined for never */
  due(now: Millis): Millis | undefined;
}

/** How exact the wheel is: what is due is looked at within that time, never before. */
export const WHEEL_STEP: Millis = 1000;

/** One timer for any number of deadlines that need not be exact: each thing has at most one. */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #stop: Off;
  readonly #ticks = new Map<Due, number>();
  readonly #slots = new Map<number, Set<Due>>();
  #last: number;
  #now: Millis;

  /** Runs from now until `stop`. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#now = clock.monotonic();
    this.#last = Math.floor(this.#now / WHEEL_STEP);
    this.#stop = clock.every(WHEEL_STEP, () => this.#turn());
  }

  /** The monotonic time when the wheel turned last: behind by a step at most, and for nothing. */
  get now(): Millis {
    return this.#now;
  }

  /** How many things wait. */
  get size(): number {
    return this.#ticks.size;
  }

  /** Sets or moves the deadline of a thing. */
  schedule(thing: Due, at: Millis): void {
    const tick = Math.max(Math.ceil(at / WHEEL_STEP), this.#last + 1);
    const before = this.#ticks.get(thing);
    if (before === tick) return;
    if (before !== undefined) this.#take(thing, before);
    this.#ticks.set(thing, tick);
    const slot = this.#slots.get(tick);
    if (slot) slot.add(thing);
    else this.#slots.set(tick, new Set([thing]));
  }

  /** Forgets a thing. */
  cancel(thing: Due): void {
    const tick = this.#ticks.get(thing);
    if (tick === undefined) return;
    this.#ticks.delete(thing);
    this.#take(thing, tick);
  }

  /** Ends the timer and forgets everything. */
  stop(): void {
    this.#stop();
    this.#ticks.clear();
    this.#slots.clear();
  }

  #take(thing: Due, tick: number): void {
    const slot = this.#slots.get(tick);
    slot?.delete(thing);
    if (slot?.size === 0) this.#slots.delete(tick);
  }

  #turn(): void {
    const now = this.#clock.monotonic();
    this.#now = now;
    const tick = Math.floor(now / WHEEL_STEP);
    // After a sleep of the machine there are more steps to make than slots to look at.
    const missed = tick - this.#last > this.#slots.size;
    const ripe = missed
      ? [...this.#slots.keys()].filter((at) => at <= tick).sort((a, b) => a - b)
      : Array.from({ length: tick - this.#last }, (_, n) => this.#last + n + 1);
    this.#last = tick;
    for (const at of ripe) {
      const slot = this.#slots.get(at);
      if (!slot) continue;
      this.#slots.delete(at);
      for (const thing of slot) {
        // One that rang before may have cancelled or moved this one.
        if (this.#ticks.get(thing) !== at) continue;
        this.#ticks.delete(thing);
        const next = thing.due(now);
        if (next !== undefined) this.schedule(thing, next);
      }
    }
  }
}
