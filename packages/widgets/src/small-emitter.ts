/**
 * What the parser of xmpp.js needs of Node's `events`, in place of all of it: `embed.js` is built with this
 * (vite.config.ts).
 */
export class EventEmitter {
  readonly #listeners = new Map<string, ((...args: unknown[]) => void)[]>();

  on(name: string, listener: (...args: unknown[]) => void): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  emit(name: string, ...args: unknown[]): boolean {
    const listeners = this.#listeners.get(name) ?? [];
    for (const listener of listeners) listener.apply(this, args);
    return listeners.length > 0;
  }
}
