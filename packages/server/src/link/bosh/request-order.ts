import type { Millis } from '@meerkat-chat/xmpp';
import type { Exchange } from './exchange.js';
import type { ReadBody } from './read-body.js';

/** A request with somebody who waits for its answer; undefined when the asker has gone. */
export interface Request extends ReadBody {
  exchange: Exchange | undefined;
  /** When it came. */
  readonly since: Millis;
}

/** Where a request stands among those that are taken in order of their ids (XEP-0124 section 14.2). */
export type Place =
  | 'known' // taken before, so this is a copy
  | 'next'
  | 'early' // others have yet to come before it
  | 'beyond'; // the client cannot have got that far

/** Puts requests in the order of their ids, whatever the order in which two connections bring them. */
export class RequestOrder {
  #next: number;
  readonly #window: number;
  readonly #early = new Map<number, Request>();

  /**
   * @param first the id of the first request
   * @param window how far ids may run ahead of the last that was taken
   */
  constructor(first: number, window: number) {
    this.#next = first;
    this.#window = window;
  }

  /** The highest id that was taken. */
  get last(): number {
    return this.#next - 1;
  }

  /** Requests that wait for their turn. */
  get early(): readonly Request[] {
    return [...this.#early.values()];
  }

  /** @param extra how much further a last word may run ahead */
  place(rid: number, extra: number): Place {
    if (rid < this.#next) return 'known';
    if (rid === this.#next) return 'next';
    return rid <= this.last + this.#window + extra ? 'early' : 'beyond';
  }

  /** Keeps a request for its turn. @returns the copy that was there before */
  keep(rid: number, request: Request): Request | undefined {
    const before = this.#early.get(rid);
    this.#early.set(rid, request);
    return before;
  }

  /** Goes on by one. @returns the id that is taken now */
  advance(): number {
    return this.#next++;
  }

  /** The request whose turn has come, if it is there. */
  takeNext(): Request | undefined {
    const request = this.#early.get(this.#next);
    this.#early.delete(this.#next);
    return request;
  }

  clear(): void {
    this.#early.clear();
  }
}
