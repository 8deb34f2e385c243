import type { Millis } from '@meerkat-chat/xmpp';
import type { StreamLimits } from './limits.js';

/** So many stanzas waiting are reason enough to ask how far the client has come (`<r/>`). */
export const ASK_AFTER_STANZAS = 32;
/** So many bytes waiting are, too. */
export const ASK_AFTER_BYTES = 65_536;
/** Fewer wait that long before it is asked. */
export const ASK_AFTER: Millis = 2000;

/** What is to be done about a link when its time has come. */
export type Watch =
  | { readonly act: 'wait'; readonly until: Millis }
  /** Ask how far the client has come, where it can say; else whether it is there. */
  | { readonly act: 'ask'; readonly until: Millis }
  | { readonly act: 'give-up' };

/**
 * Decides when the peer of a link is asked something: how far it has come, rarely, since each question costs two
 * frames (XEP-0198 section 4), and whether it is still there (RFC 6120 section 4.6). It holds times and no timer.
 */
export class LinkWatch {
  readonly #limits: Pick<StreamLimits, 'answerTimeout' | 'idleTimeout'>;
  /** How far the client has come was asked and not answered. */
  #asked = false;
  #askAt: Millis | undefined;
  /** When the peer was asked whether it is there, unless it has said something since. */
  #probedAt: Millis | undefined;

  constructor(limits: Pick<StreamLimits, 'answerTimeout' | 'idleTimeout'>) {
    this.#limits = limits;
  }

  /** The client has said how far it has come. */
  answered(): void {
    this.#asked = false;
    this.#askAt = undefined;
  }

  /** There is another link: nothing was asked over it. */
  begin(): void {
    this.answered();
    this.#probedAt = undefined;
  }

  /**
   * So much is not acknowledged: asks at once when that is much, else later.
   * @returns `ask` for at once, a time to look again, or undefined when that is settled already
   */
  consider(
    waiting: { readonly length: number; readonly bytes: number },
    now: Millis,
  ): Millis | 'ask' | undefined {
    if (this.#asked || waiting.length === 0) return undefined;
    if (waiting.length >= ASK_AFTER_STANZAS || waiting.bytes >= ASK_AFTER_BYTES) {
      this.#asks();
      return 'ask';
    }
    if (this.#askAt !== undefined) return undefined;
    this.#askAt = now + ASK_AFTER;
    return this.#askAt;
  }

  /** @param heardAt when the peer said something last */
  look(now: Millis, heardAt: Millis): Watch {
    const { answerTimeout, idleTimeout } = this.#limits;
    if (this.#probedAt !== undefined && heardAt >= this.#probedAt) this.#probedAt = undefined;
    if (this.#probedAt !== undefined && now >= this.#probedAt + answerTimeout) return { act: 'give-up' };
    let ask = this.#askAt !== undefined && now >= this.#askAt;
    if (this.#probedAt === undefined && now >= heardAt + idleTimeout) {
      this.#probedAt = now;
      ask = true;
    }
    if (ask) this.#asks();
    const idle = this.#probedAt === undefined ? heardAt + idleTimeout : this.#probedAt + answerTimeout;
    return { act: ask ? 'ask' : 'wait', until: Math.min(idle, this.#askAt ?? Number.POSITIVE_INFINITY) };
  }

  #asks(): void {
    this.#asked = true;
    this.#askAt = undefined;
  }
}
