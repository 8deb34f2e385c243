import type { Millis } from '@meerkat-chat/xmpp';

/** A reply as it was sent, to be sent again byte for byte (XEP-0124 section 14.3). */
export interface StoredReply {
  readonly body: Buffer;
  readonly at: Millis;
  /** The key that the request had: a repeated one must have it too. */
  readonly key: string | undefined;
}

/** The last replies, for requests that are repeated because their reply was lost. Bounded in number and bytes. */
export class ReplyCache {
  readonly #replies = new Map<number, StoredReply>();
  readonly #count: number;
  readonly #limit: number;
  #bytes = 0;

  constructor(count: number, bytes: number) {
    this.#count = count;
    this.#limit = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(rid: number): StoredReply | undefined {
    return this.#replies.get(rid);
  }

  /** Keeps the reply to the highest request so far; the oldest make room for it. */
  put(rid: number, reply: StoredReply): void {
    this.#replies.set(rid, reply);
    this.#bytes += reply.body.length;
    for (const [old, { body }] of this.#replies) {
      if (old === rid || (this.#replies.size <= this.#count && this.#bytes <= this.#limit)) return;
      this.#replies.delete(old);
      this.#bytes -= body.length;
    }
  }

  /** Forgets what the client says it has had. */
  acknowledged(rid: number): void {
    for (const [old, { body }] of this.#replies) {
      if (old > rid) return;
      this.#replies.delete(old);
      this.#bytes -= body.length;
    }
  }
}
