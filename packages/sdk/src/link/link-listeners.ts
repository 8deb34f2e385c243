import type { LinkEnd, Off } from '@meerkat-chat/xmpp';

/** The listening half of the `Link` contract: texts are kept for the first listener, the end is told once. */
export class LinkListeners {
  readonly #kept: string[] = [];
  readonly #texts = new Set<(text: string) => void>();
  readonly #closes = new Set<(end: LinkEnd) => void>();
  #end: LinkEnd | undefined;

  get ended(): boolean {
    return this.#end !== undefined;
  }

  hear(text: string): void {
    if (this.#end) return;
    if (this.#texts.size === 0) this.#kept.push(text);
    for (const listener of [...this.#texts]) listener(text);
  }

  finish(end: LinkEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#texts.clear();
    for (const listener of [...this.#closes]) listener(end);
    this.#closes.clear();
  }

  onText(listener: (text: string) => void): Off {
    if (!this.#end) this.#texts.add(listener);
    for (const text of this.#kept.splice(0)) listener(text);
    return () => void this.#texts.delete(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    if (this.#end) {
      listener(this.#end);
      return () => {};
    }
    this.#closes.add(listener);
    return () => void this.#closes.delete(listener);
  }
}
