import type { StanzaSource } from '../kernel/session.js';
import { SharedStanza } from '../kernel/shared-stanza.js';

/** Stanzas of one source that may be on their way or wait here; the other node reads no further ahead of the link. */
export const SOURCE_WINDOW = 32;

/** What a session reads from a source on another node, asked for as it is read. */
export class RemoteSource implements StanzaSource {
  readonly #pull: (count: number) => void;
  #arrived: string[] = [];
  #read = 0;
  /** Asked for, and not here yet. */
  #asked = 0;
  #ended = false;

  /** @param pull asks the other node for so many more */
  constructor(pull: (count: number) => void) {
    this.#pull = pull;
  }

  next(): IteratorResult<SharedStanza | undefined, unknown> {
    const xml = this.#arrived[this.#read];
    if (xml !== undefined) this.#read++;
    this.#ask();
    if (xml !== undefined) return { done: false, value: SharedStanza.ofText(xml) };
    return this.#ended ? { done: true, value: undefined } : { done: false, value: undefined };
  }

  /** What was asked for has come, up to all of it. @param end whether nothing will come after it */
  push(xml: readonly string[], end: boolean): void {
    this.#arrived = [...this.#arrived.slice(this.#read), ...xml];
    this.#read = 0;
    this.#asked -= xml.length;
    if (end) this.#ended = true;
  }

  /** In halves of the window, so that what is asked for is on its way while there is something to read. */
  #ask(): void {
    const room = SOURCE_WINDOW - this.#asked - (this.#arrived.length - this.#read);
    if (this.#ended || room < SOURCE_WINDOW / 2) return;
    this.#asked += room;
    this.#pull(room);
  }
}
