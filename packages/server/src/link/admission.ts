import type { Clock, Millis, Off } from '@meerkat-chat/xmpp';
import { addressKey, SHARED_FACTOR } from '../kernel/address-key.js';

/** Bounds by address. `Number.POSITIVE_INFINITY` lifts one. */
export interface AdmissionLimits {
  /** Connections of one address at the same time. */
  readonly connectionsPerAddress: number;
  /** New connections of one address within `newConnectionsSpan`. */
  readonly newConnectionsPerAddress: number;
  /** How long new connections count against their address. */
  readonly newConnectionsSpan: Millis;
}

export const DEFAULT_ADMISSION_LIMITS: AdmissionLimits = {
  connectionsPerAddress: 100,
  newConnectionsPerAddress: 300,
  newConnectionsSpan: 60_000,
};

interface Visitor {
  open: number;
  /** New connections that it may still make now; grows back evenly over the span. */
  credit: number;
  at: Millis;
}

/** Addresses without a connection of which it is remembered how often they came. */
export const REMEMBERED_ADDRESSES = 50_000;

/** Counts connections by address, as `addressKey` has it, and says who may come in. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #clock: Clock;
  readonly #isShared: (address: string) => boolean;
  readonly #present = new Map<string, Visitor>();
  /** Without a connection, in the order in which they left or were refused, so that the first are forgotten first. */
  readonly #away = new Map<string, Visitor>();
  #open = 0;

  /** @param isShared whether an address is of a network that many people share */
  constructor(limits: AdmissionLimits, clock: Clock, isShared: (address: string) => boolean = () => false) {
    this.#limits = limits;
    this.#isShared = isShared;
    this.#clock = clock;
  }

  /** Connections that are counted now. */
  get open(): number {
    return this.#open;
  }

  /** Addresses that are remembered, with a connection or without. */
  get remembered(): number {
    return this.#present.size + this.#away.size;
  }

  /**
   * Lets a connection in and counts it.
   * @returns what ends the counting, to be called on every way out; undefined for one too many
   */
  admit(address: string): Off | undefined {
    const key = addressKey(address);
    const times = this.#isShared(address) ? SHARED_FACTOR : 1;
    const visitor = this.#visitor(key, times);
    if (visitor.open >= this.#limits.connectionsPerAddress * times || visitor.credit < 1) {
      if (visitor.open === 0) this.#leave(key, visitor);
      return undefined;
    }
    visitor.credit--;
    visitor.open++;
    this.#open++;
    this.#away.delete(key);
    this.#present.set(key, visitor);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      visitor.open--;
      this.#open--;
      if (visitor.open === 0) this.#leave(key, visitor);
    };
  }

  /** Who comes from there, with the credit that has grown back by now. */
  #visitor(key: string, times: number): Visitor {
    const now = this.#clock.monotonic();
    const { newConnectionsPerAddress, newConnectionsSpan: span } = this.#limits;
    const all = newConnectionsPerAddress * times;
    const known = this.#present.get(key) ?? this.#away.get(key);
    if (!known) return { open: 0, credit: all, at: now };
    if (all !== Number.POSITIVE_INFINITY) {
      known.credit = Math.min(all, known.credit + (all * (now - known.at)) / span);
    }
    known.at = now;
    return known;
  }

  #leave(key: string, visitor: Visitor): void {
    this.#present.delete(key);
    this.#away.delete(key);
    this.#away.set(key, visitor);
    const now = this.#clock.monotonic();
    for (const [other, gone] of this.#away) {
      // After a whole span the credit is full again, and there is nothing left to remember.
      const spent = now - gone.at < this.#limits.newConnectionsSpan;
      if (spent && this.#away.size <= REMEMBERED_ADDRESSES) return;
      this.#away.delete(other);
    }
  }
}
