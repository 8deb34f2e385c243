import { counterAdd, counterDistance } from '@meerkat-chat/xmpp';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { HeldStanzas } from './held-stanzas.js';

/** A stanza as it waits: its text, or a reference to what many share. */
export type QueuedStanza = string | SharedStanza;

/** From half of the counter's range on, a count lies behind and not ahead. */
const BEHIND = 2 ** 31;

/** Stanzas sent, or to be sent, that the peer has not acknowledged (XEP-0198 section 4), oldest first. */
export class UnacknowledgedQueue {
  readonly #to: Buffer;
  readonly #held: HeldStanzas;
  #stanzas: QueuedStanza[] = [];
  #head = 0;
  #bytes = 0;
  #acknowledged: number;
  /** How many of the queue have been written to the present link. */
  #written = 0;
  /** How many of the queue have ever been written, to any link: no more can be acknowledged. */
  #reached = 0;

  /**
   * @param to the recipient as it stands in shared stanzas
   * @param held counts what it holds, with all others
   * @param start where the counter stands, for tests of its end
   */
  constructor(to: Buffer, held: HeldStanzas, start = 0) {
    this.#to = to;
    this.#held = held;
    this.#acknowledged = start;
  }

  get length(): number {
    return this.#stanzas.length - this.#head;
  }

  /** Bytes of all of them, as they stand on the wire. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many still have to be written to the present link. */
  get unwritten(): number {
    return this.length - this.#written;
  }

  /** How many stanzas were sent in all, modulo 2^32. */
  get sent(): number {
    return counterAdd(this.#acknowledged, this.#reached);
  }

  push(stanza: QueuedStanza): void {
    this.#stanzas.push(stanza);
    this.#bytes += sizeOf(stanza, this.#to);
    this.#held.hold(stanza);
  }

  /** Takes note that the next stanza is being written, and names it; undefined when all are. */
  next(): QueuedStanza | undefined {
    const stanza = this.#stanzas[this.#head + this.#written];
    if (stanza === undefined) return undefined;
    this.#written++;
    if (this.#written > this.#reached) this.#reached = this.#written;
    return stanza;
  }

  /** Begins anew with the oldest, on another link. */
  rewind(): void {
    this.#written = 0;
  }

  /** Whether the peer can have handled that many: a count that lies behind is old, not wrong. */
  accepts(h: number): boolean {
    const steps = counterDistance(this.#acknowledged, h);
    return steps <= this.#reached || steps >= BEHIND;
  }

  /** Drops what the peer has handled. @returns false for a count beyond what was sent: nothing is dropped then */
  acknowledge(h: number): boolean {
    if (!this.accepts(h)) return false;
    const steps = counterDistance(this.#acknowledged, h);
    if (steps > this.#reached) return true;
    for (let at = this.#head; at < this.#head + steps; at++) {
      const stanza = this.#stanzas[at];
      if (stanza === undefined) continue;
      this.#bytes -= sizeOf(stanza, this.#to);
      this.#held.release(stanza);
    }
    this.#acknowledged = h;
    this.#head += steps;
    this.#reached -= steps;
    this.#written = Math.max(0, this.#written - steps);
    // References behind the head are let go when they are the larger part, so the cost per stanza is constant.
    if (this.#head * 2 >= this.#stanzas.length) {
      this.#stanzas = this.#stanzas.slice(this.#head);
      this.#head = 0;
    }
    return true;
  }

  /** Lets go of everything. @returns what it held, oldest first */
  clear(): readonly QueuedStanza[] {
    const left = this.#head === 0 ? this.#stanzas : this.#stanzas.slice(this.#head);
    for (const stanza of left) this.#held.release(stanza);
    this.#stanzas = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#written = 0;
    this.#reached = 0;
    return left;
  }
}

/** Bytes on the wire. @param to the recipient */
export function sizeOf(stanza: QueuedStanza, to: Buffer): number {
  return typeof stanza === 'string' ? Buffer.byteLength(stanza) : stanza.size(to.length);
}

/** A stanza as its recipient reads it. @param to the recipient */
export function textOf(stanza: QueuedStanza, to: Buffer): string {
  return typeof stanza === 'string' ? stanza : stanza.bytes(to).toString();
}
