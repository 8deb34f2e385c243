import type { Millis } from '@meerkat-chat/xmpp';

const RADIX = 32;
const TIME_DIGITS = 9; // 45 bits of milliseconds: until the year 3084
const SEQUENCE_DIGITS = 4;
const SEQUENCE_END = RADIX ** SEQUENCE_DIGITS;
const RUN_DIGITS = 4;
const LENGTH = TIME_DIGITS + SEQUENCE_DIGITS + RUN_DIGITS;

const digits = (value: number, width: number): string => value.toString(RADIX).padStart(width, '0');

const timeOf = (id: string): Millis => Number.parseInt(id.slice(0, TIME_DIGITS), RADIX);

/** Where the ids of a run begin. */
export interface ArchiveIdStart {
  /** Counts the starts of this storage: what an earlier run gave out without committing it is never given again. */
  readonly run: number;
  /** No id that was committed is above this; the empty string when there is none. */
  readonly last: string;
}

/**
 * Makes the ids of archive entries: time, sequence within it, run; in base 32 and of one length, so that text
 * order is their order. The time in an id never goes back: while the clock is behind, the sequence counts on.
 */
export class ArchiveIds {
  #time: Millis;
  #sequence: number;
  readonly #run: string;

  constructor(start: ArchiveIdStart = { run: 0, last: '' }) {
    const { last } = start;
    const known = last.length === LENGTH;
    this.#time = known ? timeOf(last) : 0;
    this.#sequence = known
      ? Number.parseInt(last.slice(TIME_DIGITS, TIME_DIGITS + SEQUENCE_DIGITS), RADIX)
      : 0;
    this.#run = digits(start.run % RADIX ** RUN_DIGITS, RUN_DIGITS);
  }

  /** The next id. @param now the time of day; the id's own time is that or later */
  next(now: Millis): string {
    if (now > this.#time) {
      this.#time = now;
      this.#sequence = 0;
    } else {
      this.#sequence++;
      if (this.#sequence === SEQUENCE_END) {
        this.#time++;
        this.#sequence = 0;
      }
    }
    return digits(this.#time, TIME_DIGITS) + digits(this.#sequence, SEQUENCE_DIGITS) + this.#run;
  }
}

/** An id that is above all those made within the span after this one. */
export function idBeyond(id: string, span: Millis): string {
  return digits(timeOf(id) + span + 1, TIME_DIGITS).padEnd(LENGTH, '0');
}

/** A text that no id made at that time or later is below: narrows a search by time to a range of ids. */
export function lowestIdAt(time: Millis): string {
  return digits(Math.max(0, time), TIME_DIGITS);
}
