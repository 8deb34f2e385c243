import { createHash, createHmac } from 'node:crypto';
import type { Env, Millis } from '@meerkat-chat/xmpp';
import { addressKey } from '../../kernel/address-key.js';
import { sameText } from '../../kernel/same-text.js';

/** Bytes of a challenge: until when (6), how much (1), which one (9), and that it is ours and for whom (16). */
const HEAD = 16;
const BYTES = 32;
/** Answers that are remembered, so that each is good once; beyond it nobody is let in by one. */
const REMEMBERED = 100_000;
const ANSWER = /^([\w-]{43})\.(\d{1,15})$/;

/** What proofs of work are made with. */
export interface WorkProofsOptions {
  readonly env: Env;
  /** A key of the server's own. */
  readonly secret: Buffer;
  /** Zero bits to be found. */
  readonly bits: number;
  /** How long a challenge is good. */
  readonly time: Millis;
}

/**
 * Proofs of work: whoever has one has spent computing time on it, for this server, lately, and from that network. A
 * challenge is not kept: it is signed, and says itself until when it is good.
 */
export class WorkProofs {
  readonly #options: WorkProofsOptions;
  /** Used ones, with the time of day at which they end; that is, in order. */
  readonly #used = new Map<string, Millis>();

  constructor(options: WorkProofsOptions) {
    this.#options = options;
  }

  /** How many are remembered, for tests. */
  get size(): number {
    return this.#used.size;
  }

  /** A challenge for somebody from there. */
  challenge(address: string): string {
    const { bits, env, time } = this.#options;
    const head = Buffer.alloc(HEAD);
    head.writeUIntBE(env.clock.now() + time, 0, 6);
    head.writeUInt8(bits, 6);
    head.set(env.random.bytes(9), 7);
    return Buffer.concat([head, this.#sign(head, address)]).toString('base64url');
  }

  /** Whether an answer is good, `CHALLENGE.NUMBER`: from there, in time, and for the first time. */
  accept(answer: string, address: string): boolean {
    const [, challenge = ''] = ANSWER.exec(answer) ?? [];
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== BYTES) return false;
    const head = bytes.subarray(0, HEAD);
    const until = head.readUIntBE(0, 6);
    const now = this.#options.env.clock.now();
    const signed = sameText(bytes.subarray(HEAD).toString('hex'), this.#sign(head, address).toString('hex'));
    if (!signed || until <= now || zeroBits(answer) < head.readUInt8(6)) return false;
    for (const [old, end] of this.#used) {
      if (end > now) break;
      this.#used.delete(old);
    }
    const which = head.toString('hex');
    if (this.#used.has(which) || this.#used.size >= REMEMBERED) return false;
    this.#used.set(which, until);
    return true;
  }

  #sign(head: Buffer, address: string): Buffer {
    const hmac = createHmac('sha256', this.#options.secret).update(head).update(addressKey(address));
    return hmac.digest().subarray(0, BYTES - HEAD);
  }
}

/** How many zero bits the SHA-256 of a text begins with. */
function zeroBits(text: string): number {
  const hash = createHash('sha256').update(text).digest();
  const at = hash.findIndex((byte) => byte !== 0);
  return at < 0 ? hash.length * 8 : at * 8 + Math.clz32(hash[at] ?? 0) - 24;
}
