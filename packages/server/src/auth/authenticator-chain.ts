import { type BareJid, bareJid, type DomainJid, localOf } from '@meerkat-chat/xmpp';
import type { Peer } from '../link/server-link.js';
import type { Attempts } from './attempts.js';
import type { Authenticator, FastTokens, SaslMechanism } from './authenticator.js';
import type { AuthProvider, AuthVerdict, Identity, ScramHash, ScramKeys } from './provider.js';
import { madeUpKeys } from './scram-keys.js';

/** Mechanisms that carry a token of a site. */
const TOKEN_MECHANISMS = ['OAUTHBEARER', 'X-OAUTH2'] as const;

/** What the chain is made of. */
export interface AuthenticatorOptions {
  readonly domain: DomainJid;
  /** Asked in this order; the first that knows a credential decides. */
  readonly providers: readonly AuthProvider[];
  readonly fast: FastTokens;
  /** None: failures are not counted (`--no-limits`). */
  readonly attempts: Attempts | undefined;
  /** Iterations of made-up keys: as many as new accounts get. */
  readonly iterations: number;
  /** A key of the server's own. */
  readonly secret: Buffer;
  /** Whether an account is suspended; none is by default. */
  readonly suspended?: (account: BareJid) => boolean;
}

/** The chain of providers of one host. */
export class AuthenticatorChain implements Authenticator {
  readonly fast: FastTokens;
  readonly #options: AuthenticatorOptions;
  readonly #passwords: readonly AuthProvider[];

  constructor(options: AuthenticatorOptions) {
    this.fast = options.fast;
    this.#options = options;
    this.#passwords = options.providers.filter((provider) => provider.verifyPassword);
  }

  mechanisms(peer: Peer): readonly SaslMechanism[] {
    const passwords = this.#passwords.length > 0;
    const scram = passwords && this.#passwords.every((provider) => provider.scramKeys);
    const tokens = this.#options.providers.some((provider) => provider.offersTokens);
    const anonymous = this.#options.providers.some((provider) => provider.anonymous);
    const external = peer.cookies
      ?.entries()
      .some(([name]) => this.#options.providers.some((provider) => provider.cookies?.knows(name)));
    return [
      ...(external ? (['EXTERNAL'] as const) : []),
      ...(scram ? (['SCRAM-SHA-256', 'SCRAM-SHA-1'] as const) : []),
      ...(tokens && peer.secure ? TOKEN_MECHANISMS : []),
      ...(passwords && peer.secure ? (['PLAIN'] as const) : []),
      ...(anonymous ? (['ANONYMOUS'] as const) : []),
    ];
  }

  accepts(mechanism: string, peer: Peer): SaslMechanism | undefined {
    const tokens = peer.secure && this.#options.providers.some((provider) => provider.verifyToken);
    return [...this.mechanisms(peer), ...(tokens ? TOKEN_MECHANISMS : [])].find((name) => name === mechanism);
  }

  async verifyPassword(local: string, password: string, peer: Peer): Promise<AuthVerdict> {
    if (this.#blocked(peer, local)) return { verdict: 'refused', reason: 'temporary-auth-failure' };
    for (const provider of this.#passwords) {
      const answer = await provider.verifyPassword?.(local, password, peer);
      if (answer && answer.verdict !== 'unknown') return answer;
    }
    return { verdict: 'refused', reason: 'not-authorized' };
  }

  async scramKeys(
    local: string,
    hash: ScramHash,
    peer: Peer,
  ): Promise<{ readonly keys: ScramKeys; readonly identity: Identity | undefined }> {
    const { domain, iterations, secret } = this.#options;
    const account = bareJid(local, domain);
    for (const provider of this.#passwords) {
      const keys = await provider.scramKeys?.(local, hash);
      // Judged after the look-up, so that being blocked takes no less time.
      if (keys && account && !this.#blocked(peer, local)) {
        return { keys, identity: { account, kind: 'user' } };
      }
    }
    return { keys: madeUpKeys(hash, local, iterations, secret), identity: undefined };
  }

  async verifyToken(token: string, peer: Peer): Promise<AuthVerdict> {
    if (this.#blocked(peer, undefined)) return { verdict: 'refused', reason: 'temporary-auth-failure' };
    for (const provider of this.#options.providers) {
      const answer = await provider.verifyToken?.(token, peer);
      if (answer && answer.verdict !== 'unknown') return answer;
    }
    return { verdict: 'refused', reason: 'not-authorized' };
  }

  async external(peer: Peer): Promise<AuthVerdict> {
    if (this.#blocked(peer, undefined)) return { verdict: 'refused', reason: 'temporary-auth-failure' };
    let refusal: AuthVerdict = { verdict: 'refused', reason: 'not-authorized' };
    for (const { cookies } of this.#options.providers) {
      const answer = peer.cookies && (await cookies?.verify(peer.cookies, peer));
      if (answer?.verdict === 'accepted') return answer;
      // A cookie of one site may be stale where that of another is good.
      if (answer?.verdict === 'refused') refusal = answer;
    }
    return refusal;
  }

  async anonymous(peer: Peer, proof?: string): Promise<AuthVerdict> {
    for (const provider of this.#options.providers) {
      const answer = await provider.anonymous?.(peer, proof);
      if (answer && answer.verdict !== 'unknown') return answer;
    }
    return { verdict: 'refused', reason: 'not-authorized' };
  }

  failed(peer: Peer, local: string | undefined): boolean {
    return this.#options.attempts?.failed(peer.address, local) ?? true;
  }

  admits({ account }: Identity): boolean {
    return this.#options.suspended?.(account) !== true;
  }

  succeeded(peer: Peer, { account, kind }: Identity): void {
    // Nobody can guess at a guest.
    if (kind === 'user') this.#options.attempts?.succeeded(peer.address, localOf(account));
  }

  #blocked(peer: Peer, local: string | undefined): boolean {
    return this.#options.attempts?.blocked(peer.address, local) ?? false;
  }
}
