import type { Off } from '@meerkat-chat/xmpp';
import { Listeners } from './listeners.js';

/** A value that changes, and may be watched: the shape of every store. Values are never changed in place. */
export interface Readable<T> {
  readonly value: T;
  /** Calls at each change, not at once; several changes in one turn may be told as one. */
  subscribe(listener: (value: T) => void): Off;
}

/** A readable that its owner sets. */
export class Writable<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Listeners<T>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#listeners.call(value);
  }

  subscribe(listener: (value: T) => void): Off {
    return this.#listeners.add(listener);
  }

  /** How many watch, for leak tests. */
  get watchers(): number {
    return this.#listeners.size;
  }
}
