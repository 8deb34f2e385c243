import type { Millis } from '@meerkat-chat/xmpp';
import type { EndedSignIn, EndedSignInStore } from './storage.js';

/** Sign-ins that have ended, in memory. */
export class MemoryEndedSignIns implements EndedSignInStore {
  readonly #at = new Map<string, Millis>();

  async note({ at, digest }: EndedSignIn, instead?: string): Promise<void> {
    this.#at.set(digest, at);
    if (instead !== undefined) this.#at.delete(instead);
  }

  async list({
    after = '',
    limit,
  }: {
    readonly after?: string;
    readonly limit: number;
  }): Promise<EndedSignIn[]> {
    return [...this.#at]
      .map(([digest, at]) => ({ digest, at }))
      .filter(({ digest }) => digest > after)
      .sort((a, b) => (a.digest < b.digest ? -1 : 1))
      .slice(0, limit);
  }

  async sweep(before: Millis): Promise<void> {
    for (const [digest, at] of this.#at) if (at <= before) this.#at.delete(digest);
  }
}
