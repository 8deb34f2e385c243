import type { StorageLike } from '../platform.js';

/** A value longer than this (UTF-16 units) is not written: browsers give 5 MB to a whole origin. */
export const MAX_STORED = 1_000_000;

/**
 * Storage that never throws. In sandboxed frames the mere look at it throws, with blocked cookies too, and a quota may
 * be used up: what cannot be written is remembered for as long as the page lives.
 */
export class SafeStorage {
  readonly #open: () => StorageLike;
  readonly #memory = new Map<string, string>();

  constructor(open: () => StorageLike) {
    this.#open = open;
  }

  get(key: string): string | undefined {
    const remembered = this.#memory.get(key);
    if (remembered !== undefined) return remembered;
    try {
      return this.#open().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @returns false when another page will not find it */
  set(key: string, value: string): boolean {
    this.#memory.delete(key);
    try {
      if (value.length <= MAX_STORED) {
        this.#open().setItem(key, value);
        return true;
      }
    } catch {
      // Blocked, or full.
    }
    // An older value that is still there would be taken for the truth by the next page.
    this.remove(key);
    this.#memory.set(key, value);
    return false;
  }

  remove(key: string): void {
    this.#memory.delete(key);
    try {
      this.#open().removeItem(key);
    } catch {
      // Nothing is there to be removed.
    }
  }

  /** Reads JSON; undefined when there is none. What it holds is checked by whoever asked. */
  getJson(key: string): unknown {
    const text = this.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  setJson(key: string, value: unknown): boolean {
    return this.set(key, JSON.stringify(value));
  }
}
