import { createHash } from 'node:crypto';

/**
 * The keys by which a client proves that a request is its own (XEP-0124 section 15): each hashes to the one
 * before it, so whoever overhears them cannot make the next. Most clients use none.
 */
export class KeySequence {
  #last: string | undefined;

  /** @param newkey of the first request; undefined means that there will be no keys */
  constructor(newkey: string | undefined) {
    this.#last = newkey;
  }

  /** Takes the keys of the next request in order. @returns false when they do not follow */
  accept(key: string | undefined, newkey: string | undefined): boolean {
    if (this.#last === undefined) {
      return true;
    }
    if (key === undefined || createHash('sha1').update(key).digest('hex') !== this.#last.toLowerCase()) {
      return false;
    }
    this.#last = newkey ?? key;
    return true;
  }
}
