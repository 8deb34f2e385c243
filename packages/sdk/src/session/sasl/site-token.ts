import { BEARER_SEPARATOR, type Clock, formatOAuthBearer, type Millis, utf8 } from '@meerkat-chat/xmpp';
import type { ChatAuth } from '../../chat.js';
import { claimsOf } from '../../claims.js';
import type { Lazy } from '../../lazy.js';
import type { Mechanism } from './mechanism.js';

/** Signing in as who one is at the site already. Loaded only where that is done. */

/** A token is taken for spent so long before it is, for the way and for clocks that differ. */
const MARGIN: Millis = 5000;
/** The share of its life after which a token is renewed. */
const RENEWED_AFTER = 0.8;

/** The tokens of a site: the one that the page has, and those that it asks its back end for. */
export class SiteTokens {
  readonly #clock: Clock;
  readonly #getToken: (() => Promise<string>) | undefined;
  #token: string;
  #since: Millis;
  #spent = false;
  /** The token is one that was asked for just then, not the page's, which may be old. */
  #asked = false;
  /** One was refused, and the next one is on trial. */
  #replaced = false;
  #asking: Promise<string> | undefined;

  /** @throws {TypeError} where nobody signs in by a token */
  constructor(auth: ChatAuth, clock: Clock) {
    if (auth.kind !== 'token') throw new TypeError('nobody signs in by a token');
    this.#clock = clock;
    this.#getToken = auth.getToken;
    this.#token = auth.token;
    this.#since = clock.now();
  }

  /** A token that is good, as far as it says itself; asked for where the last one is not. Rejects where that fails. */
  async current(): Promise<string> {
    const exp = timeOf(claimsOf(this.#token).exp);
    const over = exp !== undefined && exp - MARGIN <= this.#clock.now();
    return this.#getToken && (this.#spent || over) ? this.fresh() : this.#token;
  }

  /** Asks for another token; who asks meanwhile gets the same. */
  fresh(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /**
   * The token was refused. @returns whether another one is worth a try, which is asked for when it is needed: not when
   * the last one came instead of one that was refused, too
   */
  refused(): boolean {
    this.#replaced = this.#getToken !== undefined && !this.#replaced;
    this.#spent = this.#replaced;
    return this.#replaced;
  }

  /** The token was taken. */
  accepted(): void {
    this.#replaced = false;
  }

  /** The time of day at which another one should be there; undefined where there is none to be had, or no need. */
  get renewAt(): Millis | undefined {
    const { exp, iat, until } = claimsOf(this.#token);
    const end = timeOf(until) ?? timeOf(exp);
    if (!this.#getToken || end === undefined) return undefined;
    const made = timeOf(iat) ?? this.#since;
    const life = end - made;
    const at = made + life * RENEWED_AFTER;
    // By a clock behind the site's it has not been made yet, by one ahead it is old as it comes.
    const skewed = made > this.#since || (this.#asked && at <= this.#since);
    return skewed ? this.#since + life * RENEWED_AFTER : at;
  }

  async #ask(): Promise<string> {
    const token: unknown = await this.#getToken?.();
    if (typeof token !== 'string' || token === '') throw new Error('getToken gave no token');
    this.#token = token;
    this.#since = this.#clock.now();
    this.#spent = false;
    this.#asked = true;
    return token;
  }
}

/** The time of day that a claim says in seconds; undefined where it says none. */
function timeOf(claim: unknown): Millis | undefined {
  return typeof claim === 'number' ? claim * 1000 : undefined;
}

/** OAUTHBEARER (RFC 7628). The token is looked for when it is its turn, not before. */
export function bearer(tokens: Pick<SiteTokens, 'current'>): Mechanism {
  return {
    name: 'OAUTHBEARER',
    first: async () => utf8(formatOAuthBearer({ token: await tokens.current(), authzid: undefined })),
    // The error that came is not for us: what it means comes with the failure (section 3.2.3).
    next: async () => utf8(BEARER_SEPARATOR),
    verify: async () => {},
  };
}

/** EXTERNAL (RFC 4422 appendix A): the browser has sent the site's cookies with the connection. */
export function external(): Mechanism {
  return {
    name: 'EXTERNAL',
    first: async () => new Uint8Array(),
    next: async () => new Uint8Array(),
    verify: async () => {},
  };
}

/** What the site has said of us signs us in. */
export async function mechanismsOf(
  auth: ChatAuth,
  _: unknown,
  tokens: Lazy<SiteTokens>,
): Promise<readonly Mechanism[]> {
  return [auth.kind === 'cookie' ? external() : bearer(await tokens.load())];
}
