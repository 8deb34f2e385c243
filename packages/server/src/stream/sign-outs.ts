import type { BareJid, Millis } from '@meerkat-chat/xmpp';

/**
 * Accounts that have lately been signed out everywhere: deleted, suspended, or given another password. Who was on the way
 * in by then, with a credential that held a moment ago, does not come in.
 */
export class SignOuts {
  readonly #at = new Map<BareJid, Millis>();
  readonly #remember: Millis;

  /** @param remember as long as a stream may take to sign in */
  constructor(remember: Millis) {
    this.#remember = remember;
  }

  note(account: BareJid, now: Millis): void {
    // Last in the order of the map, which is that of time.
    this.#at.delete(account);
    this.#at.set(account, now);
  }

  /** True when an account has been signed out since a stream began. */
  since(begun: Millis, account: BareJid): boolean {
    return (this.#at.get(account) ?? Number.NEGATIVE_INFINITY) >= begun;
  }

  /** Forgets those before whose end every stream of today began. */
  prune(now: Millis): void {
    for (const [account, at] of this.#at) {
      if (at + this.#remember >= now) return;
      this.#at.delete(account);
    }
  }

  get size(): number {
    return this.#at.size;
  }
}
