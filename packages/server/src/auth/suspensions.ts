import type { BareJid } from '@meerkat-chat/xmpp';
import type { UserStore } from '../storage/storage.js';

const AT_ONCE = 1000;

/** Accounts that may not sign in, by whatever credential. In memory, so that nobody's sign-in waits for it. */
export class Suspensions {
  readonly #accounts = new Set<BareJid>();

  /** Reads who is suspended. */
  async load(users: Pick<UserStore, 'suspended'>): Promise<void> {
    for (let after: BareJid | undefined; ; ) {
      const page = await users.suspended({ ...(after === undefined ? {} : { after }), limit: AT_ONCE });
      for (const account of page) this.#accounts.add(account);
      after = page.at(-1);
      if (page.length < AT_ONCE) return;
    }
  }

  has(account: BareJid): boolean {
    return this.#accounts.has(account);
  }

  /** Takes note that an account is suspended, or no longer. */
  set(account: BareJid, suspended: boolean): void {
    if (suspended) this.#accounts.add(account);
    else this.#accounts.delete(account);
  }
}
