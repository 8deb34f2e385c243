import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { BoundSession } from './session.js';

/** How many ended sessions are remembered at most. */
export const MAX_REMEMBERED = 10_000;

/** What came of asking for a session by its id. */
export type Found =
  | { readonly found: 'session'; readonly session: BoundSession }
  /** It is gone; `h` is how many stanzas of it were handled, so that the client sends none of them again. */
  | { readonly found: 'gone'; readonly h: number }
  | { readonly found: 'nothing' };

/** The sessions that can be resumed, by the id of stream management (XEP-0198 section 5), and those that could be. */
export class ResumableSessions {
  readonly #live = new Map<string, BoundSession>();
  readonly #gone = new Map<
    string,
    { readonly account: BareJid; readonly h: number; readonly until: Millis }
  >();
  readonly #remember: Millis;

  /** @param remember how long the count of a session that ended is known */
  constructor(remember: Millis) {
    this.#remember = remember;
  }

  /** How many ended sessions are remembered. */
  get remembered(): number {
    return this.#gone.size;
  }

  add(id: string, session: BoundSession): void {
    this.#live.set(id, session);
  }

  /** The session of an account; that of another account is not found, nor is it said that there is one. */
  find(id: string, account: BareJid): Found {
    const session = this.#live.get(id);
    if (session?.account === account) return { found: 'session', session };
    const gone = this.#gone.get(id);
    return gone?.account === account ? { found: 'gone', h: gone.h } : { found: 'nothing' };
  }

  /** Takes note that a session ended, and of how far it had come. Does nothing when the id is another's by now. */
  remove(id: string, session: BoundSession, now: Millis): void {
    if (this.#live.get(id) !== session) return;
    this.#live.delete(id);
    this.#gone.set(id, { account: session.account, h: session.handled, until: now + this.#remember });
    if (this.#gone.size > MAX_REMEMBERED) this.#forget(1);
  }

  /** Forgets what is too old. @returns how many are still remembered */
  prune(now: Millis): number {
    let old = 0;
    for (const { until } of this.#gone.values()) {
      if (until > now) break;
      old++;
    }
    this.#forget(old);
    return this.#gone.size;
  }

  #forget(count: number): void {
    for (const id of [...this.#gone.keys()].slice(0, count)) this.#gone.delete(id);
  }
}
