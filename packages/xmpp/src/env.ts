/** What the outside world gives: time, chance and nothing else. Passed in, so that tests decide both. */

import type { Off } from './link.js';

/** Milliseconds since 1970, or a span of milliseconds. */
export type Millis = number;

export interface Clock {
  /** The time of day, for stamps. It may jump when the machine's clock is set. */
  now(): Millis;
  /** A time that only goes forward, for spans. */
  monotonic(): Millis;
  /** Calls once after the delay, unless undone before. */
  after(delay: Millis, run: () => void): Off;
  /** Calls again and again until undone. */
  every(period: Millis, run: () => void): Off;
}

export interface Random {
  /** A number in [0, 1), for jitter; not for secrets. */
  number(): number;
  /** Bytes fit for secrets. */
  bytes(length: number): Uint8Array;
}

export interface Env {
  readonly clock: Clock;
  readonly random: Random;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** An unguessable id of 5 bits a letter (26 letters = 130 bits by default), safe in JIDs, URLs and file names. */
export function randomId(random: Random, length = 26): string {
  let out = '';
  for (const byte of random.bytes(length)) out += ALPHABET[byte & 31];
  return out;
}
