import type { StanzaSource } from '../kernel/session.js';
import type { HeldStanzas } from './held-stanzas.js';
import { type QueuedStanza, sizeOf } from './unacknowledged-queue.js';

const isSource = (entry: QueuedStanza | StanzaSource): entry is StanzaSource =>
  typeof entry === 'object' && 'next' in entry;

/**
 * What a session is sent from a source that is read only as fast as its link takes it, and everything that came after
 * that. A source holds no stanza before it is asked for the next one. First in, first out.
 */
export class Backlog {
  readonly #to: Buffer;
  readonly #held: HeldStanzas;
  #entries: (QueuedStanza | StanzaSource)[] = [];
  #head = 0;
  #bytes = 0;

  /**
   * @param to the recipient as it stands in shared stanzas
   * @param held counts what it holds, with all others
   */
  constructor(to: Buffer, held: HeldStanzas) {
    this.#to = to;
    this.#held = held;
  }

  /** True when nothing waits; a source counts as something until it was found to have come to its end. */
  get isEmpty(): boolean {
    return this.#head === this.#entries.length;
  }

  /** Bytes of what waits behind sources; what these have left to say is not known. */
  get bytes(): number {
    return this.#bytes;
  }

  push(stanza: QueuedStanza): void {
    this.#entries.push(stanza);
    this.#bytes += sizeOf(stanza, this.#to);
    this.#held.hold(stanza);
  }

  pushSource(source: StanzaSource): void {
    this.#entries.push(source);
  }

  /**
   * Takes the next stanza out; undefined when there is none, or when a source has none yet and all else waits behind
   * it. A source that throws is at its end from then on.
   */
  next(): QueuedStanza | undefined {
    for (;;) {
      const entry = this.#entries[this.#head];
      if (entry === undefined) return undefined;
      if (!isSource(entry)) {
        this.#drop();
        this.#bytes -= sizeOf(entry, this.#to);
        this.#held.release(entry);
        return entry;
      }
      const { done, value } = entry.next();
      if (done !== true) return value as QueuedStanza | undefined;
      this.#drop();
    }
  }

  /** Lets go of everything, sources unread. @returns the stanzas that waited behind them, oldest first */
  clear(): readonly QueuedStanza[] {
    const left = this.#entries.slice(this.#head).filter((entry): entry is QueuedStanza => !isSource(entry));
    for (const stanza of left) this.#held.release(stanza);
    this.#entries = [];
    this.#head = 0;
    this.#bytes = 0;
    return left;
  }

  #drop(): void {
    this.#head++;
    // References behind the head are let go when they are the larger part, so the cost per stanza is constant.
    if (this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
