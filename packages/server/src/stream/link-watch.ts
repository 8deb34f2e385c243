import type { Millis } from '@meerkat-chat/xmpp';
import type { StreamLimits } from './limits.js';

/** So many stanzas waiting are reason enough to ask how far the client has come (`<r/>`). */
export const ASK_AFTER_STANZAS = 100;
/** So many bytes waiting are, too, or a quarter of what may wait, where that is less. */
export const ASK_AFTER_BYTES = 65_536;
/** When something has waited that long, the next stanza brings the question along; without one it is asked later. */
export const ASK_AFTER: Millis = 30_000;

/** What is to be done about a link when its time has come. */
export type Watch =
  | { readonly act: 'wait'; readonly until: Millis }
  /** Ask how far the client has come, where it can say; else whether it is there. */
  | { readonly act: 'ask'; readonly until: Millis }
  | { readonly act: 'give-up' };

/** The limits that a watch goes by. */
export type WatchLimits = Pick<StreamLimits, 'answerTimeout' | 'idleTimeout' | 'unacknowledgedBytes'>;

/**
 * Decides when the peer of a link is asked something: how far it has come, rarely, since the answer is a frame to be read
 * for every few stanzas (XEP-0198 section 4), and whether it is still there (RFC 6120 section 4.6). A question goes with a
 * stanza, in the same write, if it can: `rides` is asked for each one, `look` only when the time of a link has come. It
 * holds times and no timer.
 */
export class LinkWatch {
  readonly #limits: WatchLimits;
  /** How far the client has come was asked and not answered. */
  #asked = false;
  /** Since when something waits, as far as that was not asked about. */
  #since: Millis | undefined;
  /** When the peer was asked whether it is there, unless it has said something since. */
  #probedAt: Millis | undefined;

  constructor(limits: WatchLimits) {
    this.#limits = limits;
  }

  /** The client has said how far it has come. */
  answered(): void {
    this.#asked = false;
    this.#since = undefined;
  }

  /** There is another link: nothing was asked over it. */
  begin(): void {
    this.answered();
    this.#probedAt = undefined;
  }

  /**
   * So much is not acknowledged, and is being written to the link or was before. The time need not be exact.
   * @returns true when a question goes with it: the caller sends it, and it counts as asked
   */
  rides(waiting: { readonly length: number; readonly bytes: number }, now: Millis): boolean {
    if (this.#asked || waiting.length === 0) return false;
    this.#since ??= now;
    const much =
      waiting.length >= ASK_AFTER_STANZAS ||
      waiting.bytes >= ASK_AFTER_BYTES ||
      waiting.bytes >= this.#limits.unacknowledgedBytes / 4;
    if (!much && now < this.#since + ASK_AFTER) return false;
    this.#asks();
    return true;
  }

  /** @param heardAt when the peer said something last */
  look(now: Millis, heardAt: Millis): Watch {
    const { answerTimeout, idleTimeout } = this.#limits;
    if (this.#probedAt !== undefined && heardAt >= this.#probedAt) this.#probedAt = undefined;
    if (this.#probedAt !== undefined && now >= this.#probedAt + answerTimeout) return { act: 'give-up' };
    let ask = this.#since !== undefined && now >= this.#since + ASK_AFTER;
    if (this.#probedAt === undefined && now >= heardAt + idleTimeout) {
      this.#probedAt = now;
      ask = true;
    }
    if (ask) this.#asks();
    const idle = this.#probedAt === undefined ? heardAt + idleTimeout : this.#probedAt + answerTimeout;
    const overdue = this.#since === undefined ? Number.POSITIVE_INFINITY : this.#since + ASK_AFTER;
    return { act: ask ? 'ask' : 'wait', until: Math.min(idle, overdue) };
  }

  #asks(): void {
    this.#asked = true;
    this.#since = undefined;
  }
}
