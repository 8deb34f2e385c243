import type { BareJid, Clock, Millis } from '@meerkat-chat/xmpp';

/** Of what a credential that the site has made says where it comes from. */
export interface MadeFor {
  readonly account: BareJid;
  /** The site's own name for the sign-in (`sid`). */
  readonly signIn: string | undefined;
  /** When it was made (`iat`); undefined where it does not say, and then only its sign-in can have ended. */
  readonly madeAt: Millis | undefined;
}

/** `iat` is in whole seconds. */
const SECOND = 1000;

/**
 * Sign-ins to the site that have ended, by the site's own names for them (`sid`), or all of somebody's up to a moment: what
 * was made for them before is good for nothing. Remembered for as long as that may last, in bounded memory: the oldest
 * goes first.
 */
export class EndedSignIns {
  readonly #clock: Clock;
  readonly #life: Millis;
  readonly #most: number;
  /** When each ended, and until when that is remembered, in order of their end. */
  readonly #ended = new Map<string, { readonly at: Millis; readonly until: Millis }>();

  /** @param life how long what is made of a sign-in may last */
  constructor(clock: Clock, bounds: { readonly life: Millis; readonly most: number }) {
    this.#clock = clock;
    this.#life = bounds.life;
    this.#most = bounds.most;
  }

  /** @param signIn undefined: all that there have been */
  add(account: BareJid, signIn: string | undefined): void {
    const key = keyOf(account, signIn);
    const now = this.#clock.monotonic();
    this.#ended.delete(key);
    for (const [old, { until }] of this.#ended) {
      if (until > now && this.#ended.size < this.#most) break;
      this.#ended.delete(old);
    }
    this.#ended.set(key, { at: this.#clock.now(), until: now + this.#life });
  }

  /** Whether what a credential was made for has ended since. */
  has({ account, signIn, madeAt }: MadeFor): boolean {
    if (signIn !== undefined && this.#endOf(account, signIn) !== undefined) return true;
    const end = madeAt === undefined ? undefined : this.#endOf(account, undefined);
    return end !== undefined && madeAt !== undefined && madeAt < Math.floor(end / SECOND) * SECOND;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#ended.size;
  }

  #endOf(account: BareJid, signIn: string | undefined): Millis | undefined {
    const end = this.#ended.get(keyOf(account, signIn));
    return end && end.until > this.#clock.monotonic() ? end.at : undefined;
  }
}

function keyOf(account: BareJid, signIn: string | undefined): string {
  return signIn === undefined ? account : `${account} ${signIn}`;
}
