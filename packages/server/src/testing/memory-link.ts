import type { Element, LinkEnd, Off } from '@meerkat-chat/xmpp';
import type { PairedLink } from '@meerkat-chat/xmpp/testing';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer, ServerLink } from '../link/server-link.js';

const PEER: Peer = { transport: 'memory', address: '127.0.0.1', secure: true, origin: undefined };

/** A server's link over one end of a `linkPair`, for tests: what waits in the pair is what the peer has not read. */
export class MemoryLink implements ServerLink {
  readonly peer: Peer;
  readonly #end: PairedLink;
  readonly #drained = new Set<() => void>();
  #frameLimit = Number.POSITIVE_INFINITY;
  #held = false;

  /** @param peer what differs from a secure link of 127.0.0.1 */
  constructor(end: PairedLink, peer: Partial<Peer> = {}) {
    this.#end = end;
    this.peer = { ...PEER, ...peer };
  }

  /** What the stream has asked for last with `limitFrames`. */
  get frameLimit(): number {
    return this.#frameLimit;
  }

  /** Whether the stream has asked not to be read for. */
  get held(): boolean {
    return this.#held;
  }

  get ended(): boolean {
    return this.#end.ended;
  }

  get queued(): readonly string[] {
    return this.#end.queued;
  }

  get queuedBytes(): number {
    return this.#end.queued.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  }

  onFrame(listener: (frame: string | Element) => void): Off {
    return this.#end.onText(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    return this.#end.onClose(listener);
  }

  onDrain(listener: () => void): Off {
    this.#drained.add(listener);
    return () => void this.#drained.delete(listener);
  }

  send(text: string): void {
    this.#end.send(text);
    // A pair that delivers by itself does so in a microtask set before this one.
    queueMicrotask(() => this.#tellDrained());
  }

  write(stanza: SharedStanza, to: Buffer): void {
    this.send(stanza.bytes(to).toString());
  }

  close(reason?: string): void {
    this.#end.close(reason);
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  limitFrames(bytes: number): void {
    this.#frameLimit = bytes;
  }

  /** Delivers up to `count` things to the peer, all by default; returns how many there were. */
  flush(count?: number): number {
    const delivered = this.#end.flush(count);
    if (delivered > 0) this.#tellDrained();
    return delivered;
  }

  /** Breaks the link as a dead network does. */
  cut(reason?: string): void {
    this.#end.cut(reason);
  }

  #tellDrained(): void {
    if (this.#end.ended || this.#end.queued.length > 0) return;
    for (const listener of [...this.#drained]) listener();
  }
}
