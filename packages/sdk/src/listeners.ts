import type { Off } from '@meerkat-chat/xmpp';

/**
 * Tells the world of a bug in somebody's listener, as an error of its own, so that what was going on goes on: a stanza
 * that is dropped half-way would be missing from a count.
 */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Functions to be called. One that throws keeps no other from being called; its error is reported. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Off {
    // A function of its own, so that the same listener may be added twice and taken away once.
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  call(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        report(error);
      }
    }
  }

  get size(): number {
    return this.#listeners.size;
  }
}
