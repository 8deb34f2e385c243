import { createHmac } from 'node:crypto';
import type { BareJid, Clock, Millis, Off } from '@meerkat-chat/xmpp';
import type { EndedSignIn, EndedSignInStore } from '../../storage/storage.js';
import { MAX_SIGN_IN } from './claims.js';

/** Of what a credential that the site has made says where it comes from. */
export interface MadeFor {
  readonly account: BareJid;
  /** The site's own name for the sign-in (`sid`). */
  readonly signIn: string | undefined;
  /** When it was made (`iat`); undefined where it does not say, and then only its sign-in can have ended. */
  readonly madeAt: Millis | undefined;
}

/** What it takes to remember. */
export interface EndedSignInsOptions {
  readonly clock: Clock;
  readonly store: EndedSignInStore;
  /** Of the server's own, for nothing else: whoever reads the storage learns no names from it. */
  readonly secret: Buffer;
  /** How long what is made of a sign-in may last. */
  readonly life: Millis;
  /** How many are remembered. */
  readonly most: number;
}

/** `iat` is in whole seconds. */
const SECOND = 1000;
const SWEEP_PERIOD: Millis = 600_000;
const READ_AT_ONCE = 1000;

/**
 * Sign-ins to the site that have ended, by the site's own names for them (`sid`), or all of somebody's up to a moment: what
 * was made for them before is good for nothing. Remembered for as long as that may last, also over a restart, and bounded:
 * the oldest goes first. All are in memory as well, so that nobody's sign-in waits for the storage.
 */
export class EndedSignIns {
  readonly #options: EndedSignInsOptions;
  /** When each ended, in order of that. */
  readonly #at = new Map<string, Millis>();

  constructor(options: EndedSignInsOptions) {
    this.#options = options;
  }

  /** Reads what had ended before the start. */
  async load(): Promise<void> {
    const { most, store } = this.#options;
    const found: EndedSignIn[] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.list({ ...(after === undefined ? {} : { after }), limit: READ_AT_ONCE });
      found.push(...page);
      after = page.at(-1)?.digest;
      if (page.length < READ_AT_ONCE) break;
    }
    found.sort((one, other) => one.at - other.at);
    for (const { at, digest } of found.slice(-most)) this.#at.set(digest, at);
  }

  /**
   * Notes an end. It holds at once; when this fulfils, a restart does not change that.
   * @param signIn undefined: all that there have been
   */
  async add(account: BareJid, signIn: string | undefined): Promise<void> {
    // No credential names such a sign-in.
    if (signIn !== undefined && (signIn === '' || signIn.length > MAX_SIGN_IN)) return;
    const { clock, most, store } = this.#options;
    const digest = this.#digest(account, signIn);
    const at = clock.now();
    // Last in the order of the map.
    this.#at.delete(digest);
    const [oldest] = this.#at.keys();
    const instead = this.#at.size < most ? undefined : oldest;
    if (instead !== undefined) this.#at.delete(instead);
    this.#at.set(digest, at);
    await store.note({ at, digest }, instead);
  }

  /** Whether what a credential was made for has ended since. */
  has({ account, signIn, madeAt }: MadeFor): boolean {
    if (this.#at.size === 0) return false;
    if (signIn !== undefined && this.#endOf(account, signIn) !== undefined) return true;
    const end = madeAt === undefined ? undefined : this.#endOf(account, undefined);
    return end !== undefined && madeAt !== undefined && madeAt < Math.floor(end / SECOND) * SECOND;
  }

  /** Forgets now and then of what nothing can be good any more, until undone. */
  startSweeping(failed: (error: unknown) => void): Off {
    return this.#options.clock.every(SWEEP_PERIOD, () => {
      const before = this.#before();
      for (const [digest, at] of this.#at) if (at <= before) this.#at.delete(digest);
      this.#options.store.sweep(before).catch(failed);
    });
  }

  /** How many are remembered. */
  get size(): number {
    return this.#at.size;
  }

  #endOf(account: BareJid, signIn: string | undefined): Millis | undefined {
    const at = this.#at.get(this.#digest(account, signIn));
    return at !== undefined && at > this.#before() ? at : undefined;
  }

  /** What was made before that has come to its end by itself. */
  #before(): Millis {
    return this.#options.clock.now() - this.#options.life;
  }

  /** An address has no space in it. */
  #digest(account: BareJid, signIn: string | undefined): string {
    const name = signIn === undefined ? account : `${account} ${signIn}`;
    return createHmac('sha256', this.#options.secret).update(name).digest('base64url');
  }
}
