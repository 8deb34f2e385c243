import type { StanzaSource } from '../kernel/session.js';
import type { QueuedStanza } from './unacknowledged-queue.js';

const isSource = (entry: QueuedStanza | StanzaSource): entry is StanzaSource =>
  typeof entry === 'object' && 'next' in entry;

/**
 * What a session is sent from a source that is read only as fast as its link takes it, and everything that came after
 * that. A source holds no stanza before it is asked for the next one. First in, first out.
 */
export class Backlog {
  readonly #to: Buffer;
  #entries: (QueuedStanza | StanzaSource)[] = [];
  #head = 0;
  #bytes = 0;

  /** @param to the recipient as it stands in shared stanzas */
  constructor(to: Buffer) {
    this.#to = to;
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
    this.#bytes += this.#size(stanza);
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
        this.#bytes -= this.#size(entry);
        return entry;
      }
      const { done, value } = entry.next();
      if (done !== true) return value as QueuedStanza | undefined;
      this.#drop();
    }
  }

  /** What waits behind sources, as text. */
  texts(): string[] {
    return this.#entries
      .slice(this.#head)
      .flatMap((entry) =>
        isSource(entry) ? [] : typeof entry === 'string' ? entry : entry.bytes(this.#to).toString(),
      );
  }

  #drop(): void {
    this.#head++;
    // References behind the head are let go when they are the larger part, so the cost per stanza is constant.
    if (this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }

  #size(stanza: QueuedStanza): number {
    return typeof stanza === 'string' ? Buffer.byteLength(stanza) : stanza.size(this.#to.length);
  }
}
