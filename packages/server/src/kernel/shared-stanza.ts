import { type Element, serialize, withAttrs } from '@meerkat-chat/xmpp';
import { isRedeliverable } from './redeliverable.js';

const NOBODY = Buffer.alloc(0);

/** How a stanza begins, up to the value of `to`, by the text before that. */
const HEADS: ReadonlyMap<string, Buffer> = new Map(
  ['<iq', '<message', '<presence'].map((name) => [name, Buffer.from(`${name} to="`)]),
);

/**
 * A stanza serialised once for any number of recipients: the bytes before and after the value of `to`.
 * Queues hold references to it, never copies.
 */
export class SharedStanza {
  /** Everything up to and including the quote that opens the value of `to`. */
  readonly head: Buffer;
  /** The quote that closes it, and the rest. */
  readonly tail: Buffer;
  /** In how many queues it waits: kept by `HeldStanzas`, so that its bytes are counted once. */
  holders = 0;
  #redeliverable: boolean | undefined;

  private constructor(head: Buffer, tail: Buffer) {
    this.head = head;
    this.tail = tail;
  }

  /** @param stanza any stanza; a `to` that it has is left out */
  static of(stanza: Element): SharedStanza {
    return SharedStanza.ofText(serialize(withAttrs(stanza, { to: undefined })));
  }

  /**
   * Takes a stanza that is text already, such as one out of an archive.
   * @param written what `serialize` has made of a stanza without `to`, complete
   */
  static ofText(written: string): SharedStanza {
    const name = /^<[a-z]+/.exec(written)?.[0] ?? '';
    const head = HEADS.get(name);
    if (!head) throw new TypeError('this is not a stanza');
    const rest = `"${written.slice(name.length)}`;
    // Memory of its own: in Node's pool it would hold frames that were made beside it for as long as it is kept.
    const tail = Buffer.allocUnsafeSlow(Buffer.byteLength(rest));
    tail.write(rest);
    return new SharedStanza(head, tail);
  }

  /** The text that it was made of: `ofText` makes the same of it elsewhere. */
  get text(): string {
    const name = this.head.subarray(0, this.head.indexOf(' '));
    return name.toString() + this.tail.toString('utf8', 1);
  }

  /** The bytes for one recipient. @param to the escaped value of the attribute: `Session.toBytes` */
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

  /** See `isRedeliverable`; found out once, however many sessions end with it. */
  get redeliverable(): boolean {
    this.#redeliverable ??= isRedeliverable(this.bytes(NOBODY).toString());
    return this.#redeliverable;
  }
}
