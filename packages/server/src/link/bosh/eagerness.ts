import type { Millis } from '@meerkat-chat/xmpp';

/**
 * Tells a client that asks faster than it may (XEP-0124 section 12). Only empty requests count, and only in a row:
 * who was told something may ask again at once. Where requests are held, some are endured, because a page that
 * reloads asks again before anybody has seen that the old one went away.
 */
export class Eagerness {
  readonly #span: Millis;
  readonly #endured: number;
  #count = 0;
  #last: Millis | undefined;

  /** @param endured how many requests may come too early before it is too much */
  constructor(span: Millis, endured: number) {
    this.#span = span;
    this.#endured = endured;
  }

  /** A request that carries something, or a reply that does. */
  reset(): void {
    this.#count = 0;
    this.#last = undefined;
  }

  /** @returns true when this empty request is one too many */
  empty(now: Millis): boolean {
    const early = this.#last !== undefined && now - this.#last < this.#span;
    this.#last = now;
    this.#count = early ? this.#count + 1 : 0;
    return this.#count > this.#endured;
  }
}
