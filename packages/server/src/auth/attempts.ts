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

/** Counts failed attempts by address and by account, in bounded memory. */
export class Attempts {
  readonly #clock: Clock;
  readonly #limits: AttemptLimits;
  /** In order of their end, because every window is as long as the others. */
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock, limits: AttemptLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** True while there are too many failures, and a further attempt is not even judged. */
  blocked(address: string, local: string | undefined): boolean {
    const { perAddress, perAccount } = this.#limits;
    if (this.#failures(`address ${addressKey(address)}`) >= perAddress) return true;
    return local !== undefined && this.#failures(`account ${local}`) >= perAccount;
  }

  /** Counts a failure. False when this was one too many. */
  failed(address: string, local: string | undefined): boolean {
    this.#count(`address ${addressKey(address)}`);
    if (local !== undefined) this.#count(`account ${local}`);
    return !this.blocked(address, local);
  }

  /** How many addresses and accounts are remembered now. */
  get size(): number {
    return this.#counts.size;
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
