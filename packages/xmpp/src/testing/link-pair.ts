import type { Link, LinkEnd, Off } from '../link.js';

type Parcel = { readonly text: string } | { readonly end: LinkEnd };

/** One end of a pair: a link, and what a test may do to it. */
export interface PairedLink extends Link {
  /** Delivers up to `count` things that this end has sent; all by default. Returns how many there were. */
  flush(count?: number): number;
  /** What this end has sent and is not yet delivered. */
  readonly queued: readonly string[];
  /** Breaks the pair as a dead network does: what is queued is lost, both ends hear an unclean end. */
  cut(reason?: string): void;
  readonly ended: boolean;
}

class End implements PairedLink {
  peer: End | undefined;
  readonly #outgoing: Parcel[] = [];
  readonly #kept: string[] = [];
  readonly #textListeners = new Set<(text: string) => void>();
  readonly #closeListeners = new Set<(end: LinkEnd) => void>();
  #end: LinkEnd | undefined;
  #closing = false;
  readonly #auto: boolean;

  constructor(auto: boolean) {
    this.#auto = auto;
  }

  get queued(): readonly string[] {
    return this.#outgoing.flatMap((parcel) => ('text' in parcel ? [parcel.text] : []));
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  send(text: string): void {
    if (this.#end || this.#closing) return;
    this.#push({ text });
  }

  close(reason?: string): void {
    if (this.#end || this.#closing) return;
    this.#closing = true;
    this.#push({ end: { clean: true, ...(reason === undefined ? {} : { reason }) } });
  }

  onText(listener: (text: string) => void): Off {
    this.#textListeners.add(listener);
    for (const text of this.#kept.splice(0)) listener(text);
    return () => void this.#textListeners.delete(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    if (this.#end) {
      listener(this.#end);
      return () => {};
    }
    this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  flush(count = Number.POSITIVE_INFINITY): number {
    let delivered = 0;
    while (delivered < count) {
      const parcel = this.#outgoing.shift();
      if (!parcel) break;
      delivered++;
      if ('text' in parcel) this.peer?.hear(parcel.text);
      else {
        this.peer?.finish(parcel.end);
        this.finish(parcel.end);
      }
    }
    return delivered;
  }

  cut(reason = 'cut'): void {
    this.#outgoing.length = 0;
    const end = { clean: false, reason };
    this.peer?.finish(end);
    this.finish(end);
  }

  hear(text: string): void {
    if (this.#end) return;
    if (this.#textListeners.size === 0) this.#kept.push(text);
    for (const listener of [...this.#textListeners]) listener(text);
  }

  finish(end: LinkEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#outgoing.length = 0;
    for (const listener of [...this.#closeListeners]) listener(end);
  }

  #push(parcel: Parcel): void {
    this.#outgoing.push(parcel);
    if (this.#auto) queueMicrotask(() => this.flush());
  }
}

/**
 * Two ends of a link in memory. By default each direction keeps what is sent until `flush()`, so that a test
 * chooses the interleaving; with `auto` it is delivered in a microtask.
 */
export function linkPair(options: { readonly auto?: boolean } = {}): [PairedLink, PairedLink] {
  const a = new End(options.auto ?? false);
  const b = new End(options.auto ?? false);
  a.peer = b;
  b.peer = a;
  return [a, b];
}

/** Delivers in both directions until nothing is queued on either side. */
export function settle(...links: readonly PairedLink[]): void {
  for (let moved = 1; moved > 0; ) moved = links.reduce((sum, link) => sum + link.flush(), 0);
}
