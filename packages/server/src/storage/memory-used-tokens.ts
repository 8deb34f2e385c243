import type { Millis } from '@meerkat-chat/xmpp';
import type { UsedTokenStore } from './storage.js';

/** Used tokens in memory. */
export class MemoryUsedTokens implements UsedTokenStore {
  readonly #until = new Map<string, Millis>();

  /** How many are kept. */
  get size(): number {
    return this.#until.size;
  }

  async use(id: string, expiresAt: Millis, now: Millis): Promise<boolean> {
    const until = this.#until.get(id);
    if (until !== undefined && until > now) return false;
    this.#until.set(id, expiresAt);
    return true;
  }

  async sweep(now: Millis): Promise<number> {
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
    return this.#until.size;
  }
}
