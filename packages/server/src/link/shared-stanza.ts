import { type Element, serialize, withAttrs } from '@meerkat-chat/xmpp';

/** A mark that cannot stand in well-formed XML, so it is found again where the recipient belongs. */
const HOLE = '\u0000';

/**
 * A stanza serialised once for any number of recipients: the bytes before and after the value of `to`.
 * Queues hold references to it, never copies.
 */
export class SharedStanza {
  /** Everything up to and including the quote that opens the value of `to`. */
  readonly head: Buffer;
  /** The quote that closes it, and the rest. */
  readonly tail: Buffer;

  private constructor(head: Buffer, tail: Buffer) {
    this.head = head;
    this.tail = tail;
  }

  /** @param stanza any stanza; a `to` that it has is left out */
  static of(stanza: Element): SharedStanza {
    const written = serialize(withAttrs(stanza, { to: HOLE }));
    const at = written.indexOf(HOLE);
    return new SharedStanza(Buffer.from(written.slice(0, at)), Buffer.from(written.slice(at + HOLE.length)));
  }

  /** The bytes for one recipient. @param to the escaped value of the attribute, as `recipientBytes` makes it */
  bytes(to: Buffer): Buffer {
    const out = Buffer.allocUnsafe(this.head.length + to.length + this.tail.length);
    this.head.copy(out, 0);
    to.copy(out, this.head.length);
    this.tail.copy(out, this.head.length + to.length);
    return out;
  }

  /** Length in bytes for a recipient whose escaped address has that length. */
  size(toLength: number): number {
    return this.head.length + toLength + this.tail.length;
  }
}
