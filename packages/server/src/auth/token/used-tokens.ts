import type { Clock, Millis } from '@meerkat-chat/xmpp';

/**
 * The tokens that have been used and must not be used again, until they expire by themselves. Its memory is bounded,
 * and lets nothing slip: while there is no place, a token that is to be used once is not taken.
 */
export class UsedTokens {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #until = new Map<string, Millis>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Notes a use. False for one that has been noted before; `full` when there is no place to note it. */
  use(id: string, expiresAt: Millis): 'full' | boolean {
    const now = this.#clock.now();
    const until = this.#until.get(id);
    if (until !== undefined && until > now) return false;
    if (this.#until.size >= this.#most) this.#forgetExpired(now);
    if (this.#until.size >= this.#most) return 'full';
    this.#until.delete(id);
    this.#until.set(id, expiresAt);
    return true;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#until.size;
  }

  #forgetExpired(now: Millis): void {
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
  }
}
