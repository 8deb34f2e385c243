import type { Clock, Millis } from '@meerkat-chat/xmpp';
import { addressKey } from '../kernel/address-key.js';

/** How many failed attempts to sign in are borne. */
export interface AttemptLimits {
  /** Failures from one address (an IPv6 /64) within the window. */
  readonly perAddress: number;
  /** Failures for one account within the window, from wherever. */
  readonly perAccount: number;
  /** How long failures count, from the first. */
  readonly window: Millis;
  /** Addresses and accounts that are remembered; beyond it the oldest is forgotten. */
  readonly remembered: number;
}

interface Count {
  failures: number;
  readonly until: Millis;
}

/** How long it is known that somebody has signed in from an address. */
const KNOWN_LIFE: Millis = 30 * 86_400_000;

/**
 * Counts failed attempts by address and by account, in bounded memory. Who guesses at an account from elsewhere does
 * not lock its owner out: where that account has signed in before, only the failures of that address count.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #limits: AttemptLimits;
  /** In order of their end, because every window is as long as the others. */
  readonly #counts = new Map<string, Count>();
  /** Until when an account is known at an address, in order of their last sign-in. */
  readonly #known = new Map<string, Millis>();

  constructor(clock: Clock, limits: AttemptLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** True while there are too many failures, and a further attempt is not even judged. */
  blocked(address: string, local: string | undefined): boolean {
    const { perAddress, perAccount } = this.#limits;
    if (this.#failures(`address ${addressKey(address)}`) >= perAddress) return true;
    if (local === undefined || this.#failures(`account ${local}`) < perAccount) return false;
    return (this.#known.get(pairOf(address, local)) ?? 0) <= this.#clock.monotonic();
  }

  /** Takes note that an account has signed in from there. */
  succeeded(address: string, local: string): void {
    const pair = pairOf(address, local);
    this.#known.delete(pair);
    this.#known.set(pair, this.#clock.monotonic() + KNOWN_LIFE);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > this.#limits.remembered) this.#known.delete(oldest);
  }

  /** Counts a failure. False when this was one too many. */
  failed(address: string, local: string | undefined): boolean {
    this.#count(`address ${addressKey(address)}`);
    if (local !== undefined) this.#count(`account ${local}`);
    return !this.blocked(address, local);
  }

  /** How many addresses and accounts are remembered now for their failures. */
  get size(): number {
    return this.#counts.size;
  }

  /** At how many addresses an account is known. */
  get known(): number {
    return this.#known.size;
  }

  #failures(key: string): number {
    const count = this.#counts.get(key);
    return count && count.until > this.#clock.monotonic() ? count.failures : 0;
  }

  #count(key: string): void {
    const now = this.#clock.monotonic();
    const count = this.#counts.get(key);
    if (count && count.until > now) {
      count.failures++;
      return;
    }
    this.#counts.delete(key);
    for (const [old, { until }] of this.#counts) {
      if (until > now && this.#counts.size < this.#limits.remembered) break;
      this.#counts.delete(old);
    }
    this.#counts.set(key, { failures: 1, until: now + this.#limits.window });
  }
}

function pairOf(address: string, local: string): string {
  return `${addressKey(address)} ${local}`;
}
