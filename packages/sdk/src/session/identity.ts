import { type BareJid, type FastToken, localOf, parseBareJid } from '@meerkat-chat/xmpp';
import type { ChatAuth } from '../chat.js';
import { Lazy } from '../lazy.js';
import type { Platform } from '../platform.js';
import { fits } from '../stored.js';
import { anonymous, type Mechanism } from './sasl/mechanism.js';
import type { SiteTokens } from './sasl/site-token.js';
import type { SafeStorage } from './storage.js';

const VERSION = 1;

interface IdentityRecord {
  /** Names this installation to the server; tokens are bound to it (XEP-0484). */
  readonly clientId: string;
  readonly account?: BareJid | undefined;
  readonly token?: { readonly token: string; readonly expiresAt: number; readonly count: number } | undefined;
}

const RECORD = {
  v: 'count',
  clientId: 'string',
  'account?': 'string',
  'token?': { token: 'string', expiresAt: 'number', count: 'count' },
} as const;

/**
 * Who we are at one server, and how that is proven: shared by all tabs, read anew each time since another tab may have
 * changed it.
 */
export class Identity {
  readonly #storage: SafeStorage;
  readonly #key: string;
  readonly #auth: ChatAuth;
  readonly #platform: Platform;
  /** The tokens of the site, for who signs in by them. */
  readonly siteTokens: Lazy<SiteTokens>;
  /** What signs in by a token of the server: who has none yet need not wait for it. */
  readonly #hashed = new Lazy(() => import('./sasl/hashed-token.js'));
  /** True while a new token of the site is to take the place of what the session was signed in with. */
  renewing = false;
  /** What a guest answers to a proof that was asked for, once. */
  proof: string | undefined;

  constructor(storage: SafeStorage, key: string, auth: ChatAuth, platform: Platform) {
    this.#storage = storage;
    this.#key = key;
    this.#auth = auth;
    this.#platform = platform;
    this.siteTokens = new Lazy(async () => {
      const { SiteTokens } = await import('./sasl/site-token.js');
      return new SiteTokens(auth, platform.env.clock);
    });
    if (this.#read().token) this.#prepare();
  }

  /** How it is proven who we are. */
  get kind(): ChatAuth['kind'] {
    return this.#auth.kind;
  }

  get guest(): boolean {
    return this.kind === 'guest';
  }

  get account(): BareJid | undefined {
    return this.#read().account;
  }

  get clientId(): string {
    const record = this.#read();
    this.#write(record);
    return record.clientId;
  }

  /** Whether we can prove again to be who we are: a guest only by a token. */
  get provable(): boolean {
    return !this.guest || this.#read().token !== undefined;
  }

  /**
   * The ways to sign in, best first. Counts one use of the token, and writes that down before it is used.
   * @param secure whether nobody can read along: else no password is sent in the clear
   */
  async mechanisms(secure: boolean): Promise<readonly Mechanism[]> {
    const auth = this.#auth;
    if (auth.kind === 'guest') {
      const { proof } = this;
      this.proof = undefined;
      return [...(await this.#byToken()), anonymous(proof)];
    }
    const { mechanismsOf } =
      auth.kind === 'password' ? await import('./sasl/password.js') : await import('./sasl/site-token.js');
    const own = await mechanismsOf(auth, this.#platform, this.siteTokens, secure);
    return auth.kind === 'cookie' || this.renewing ? own : [...(await this.#byToken()), ...own];
  }

  /** Signed in, as the same as before where no account is told. A new token is written down before anything else happens. */
  learn(account: BareJid | undefined, token: FastToken | undefined): void {
    const record = this.#read();
    this.siteTokens.value?.accepted();
    const changed = token ? { token: { ...token, count: 0 } } : {};
    this.#write({ ...record, account: account ?? record.account, ...changed });
    // It is there when the link is lost, and perhaps the server with it.
    if (token) this.#prepare();
  }

  /** The token was refused. A guest without one is nobody: the next sign-in makes another. */
  dropToken(): void {
    const { account, clientId } = this.#read();
    this.#write({ clientId, account: this.guest ? undefined : account });
  }

  /** Signed out. @returns what the token can be given up with at the server, where there is one */
  forget(): { readonly token: Promise<Mechanism | undefined>; readonly clientId: string } {
    const { clientId } = this.#read();
    const byToken = this.#byToken();
    this.#storage.remove(this.#key);
    return { token: byToken.then(([token]) => token), clientId };
  }

  #prepare(): void {
    this.#hashed.load().catch(() => {});
  }

  /** One use of the token is counted before anything is waited for. */
  async #byToken(): Promise<readonly Mechanism[]> {
    const record = this.#read();
    const { account, token } = record;
    if (!token || account === undefined) return [];
    if (token.expiresAt <= this.#platform.env.clock.now()) {
      this.dropToken();
      return [];
    }
    const count = token.count + 1;
    this.#write({ ...record, token: { ...token, count } });
    const { hashedToken } = await this.#hashed.load();
    return [hashedToken(localOf(account), token.token, count, this.#platform.subtle)];
  }

  #read(): IdentityRecord {
    const found = this.#storage.getJson(this.#key);
    if (!fits(found, RECORD) || found.v !== VERSION) return { clientId: uuid(this.#platform) };
    const { account, clientId, token } = found;
    return { clientId, account: account === undefined ? undefined : parseBareJid(account), token };
  }

  #write(record: IdentityRecord): void {
    this.#storage.setJson(this.#key, { v: VERSION, ...record });
  }
}

/** A version 4 UUID (RFC 9562), as XEP-0388 section 2.2.1 asks for; `crypto.randomUUID` is for secure origins only. */
function uuid({ env }: Platform): string {
  const digits = [...env.random.bytes(30)].map((byte) => (byte & 15).toString(16));
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => digits.pop() ?? '0');
}
