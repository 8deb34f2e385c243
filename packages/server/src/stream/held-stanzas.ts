import type { SharedStanza } from '../kernel/shared-stanza.js';

/** What a place in a queue takes: a reference, and what an array has to spare as it grows. */
export const REFERENCE_BYTES = 12;
/** What a stanza takes beside its bytes. */
export const STANZA_BYTES = 256;

/**
 * Counts what all the queues of a server hold, as memory: each reference, and each stanza once however many queues share
 * it. So it is known what a crowd that vanishes costs, and what is gained when a session is given up.
 */
export class HeldStanzas {
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** A queue has taken a stanza. */
  hold(stanza: string | SharedStanza): void {
    this.#bytes += REFERENCE_BYTES;
    if (typeof stanza === 'string') this.#bytes += STANZA_BYTES + stanza.length;
    else if (stanza.holders++ === 0) this.#bytes += STANZA_BYTES + stanza.size(0);
  }

  /** A queue has let it go. */
  release(stanza: string | SharedStanza): void {
    this.#bytes -= REFERENCE_BYTES;
    if (typeof stanza === 'string') this.#bytes -= STANZA_BYTES + stanza.length;
    else if (--stanza.holders === 0) this.#bytes -= STANZA_BYTES + stanza.size(0);
  }
}
