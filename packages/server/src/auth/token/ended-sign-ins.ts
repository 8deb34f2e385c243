import type { BareJid, Clock, Millis } from '@meerkat-chat/xmpp';

/**
 * Sign-ins to the site that have ended, by the site's own names for them (`sid`): tokens that were made for them before are
 * good for nothing. Remembered for as long as such a token may last, in bounded memory: the oldest goes first.
 */
export class EndedSignIns {
  readonly #clock: Clock;
  readonly #life: Millis;
  readonly #most: number;
  /** Until when each is remembered, in order of their end. */
  readonly #until = new Map<string, Millis>();

  /** @param life how long a token may last */
  constructor(clock: Clock, bounds: { readonly life: Millis; readonly most: number }) {
    this.#clock = clock;
    this.#life = bounds.life;
    this.#most = bounds.most;
  }

  add(account: BareJid, signIn: string): void {
    const key = keyOf(account, signIn);
    const now = this.#clock.monotonic();
    this.#until.delete(key);
    for (const [old, until] of this.#until) {
      if (until > now && this.#until.size < this.#most) break;
      this.#until.delete(old);
    }
    this.#until.set(key, now + this.#life);
  }

  has(account: BareJid, signIn: string): boolean {
    return (this.#until.get(keyOf(account, signIn)) ?? 0) > this.#clock.monotonic();
  }

  /** How many are remembered. */
  get size(): number {
    return this.#until.size;
  }
}

function keyOf(account: BareJid, signIn: string): string {
  return `${account} ${signIn}`;
}
