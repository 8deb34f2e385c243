import type { Off } from '@meerkat-chat/xmpp';

/** Events by name, each with one payload object. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Off {
    const set = this.#listeners.get(name) ?? new Set();
    // One that registers twice is called twice, and each answer undoes its own.
    const entry = (event: Events[Name]): void => listener(event);
    this.#listeners.set(name, set.add(entry));
    return () => void set.delete(entry);
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      (listener as (event: Events[Name]) => void)(event);
    }
  }

  /** How many listen, for leak tests. */
  get size(): number {
    let sum = 0;
    for (const set of this.#listeners.values()) sum += set.size;
    return sum;
  }

  clear(): void {
    this.#listeners.clear();
  }
}
