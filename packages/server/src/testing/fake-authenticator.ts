import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { type BareJid, bareJid, type Clock, type DomainJid } from '@meerkat-chat/xmpp';
import type { Authenticator, FastTokens, SaslMechanism } from '../auth/authenticator.js';
import type { AuthVerdict, Identity, ScramHash, ScramKeys } from '../auth/provider.js';
import type { Peer } from '../link/server-link.js';

const ITERATIONS = 16;

/** What is kept of a password, with few iterations: tests are in a hurry. */
export function quickKeys(password: string, hash: ScramHash): ScramKeys {
  const name = hash === 'SHA-1' ? 'sha1' : 'sha256';
  const salt = Buffer.from('some salt');
  const salted = pbkdf2Sync(password, salt, ITERATIONS, hash === 'SHA-1' ? 20 : 32, name);
  const hmac = (text: string) => createHmac(name, salted).update(text).digest();
  const storedKey = createHash(name).update(hmac('Client Key')).digest();
  return { salt, iterations: ITERATIONS, storedKey, serverKey: hmac('Server Key') };
}

/** An authenticator of a few accounts in memory, for tests of what stands above it. */
export class FakeAuthenticator implements Authenticator {
  readonly #passwords: ReadonlyMap<string, string>;
  readonly #domain: DomainJid;
  readonly #clock: Clock;
  readonly #tokens = new Map<
    string,
    { identity: Identity; clientId: string; token: string; count: number }
  >();
  #guests = 0;
  #issued = 0;
  /** What is offered. */
  offered: readonly SaslMechanism[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN', 'ANONYMOUS'];
  /** Whom tokens of the site sign in, and cookies with the name `session`. */
  readonly siteTokens = new Map<string, Identity>();
  /** Called before each judgement; a promise holds it up, a rejection breaks it. */
  before: () => Promise<void> | void = () => {};
  /** The user names of failures, as they were counted. */
  readonly failures: (string | undefined)[] = [];
  /** Who has signed in, as it was told. */
  readonly signedIn: string[] = [];
  /** So many failures are borne. */
  patience = Number.POSITIVE_INFINITY;
  renewTokens = false;

  /** @param passwords by user name */
  constructor(domain: DomainJid, clock: Clock, passwords: Readonly<Record<string, string>>) {
    this.#domain = domain;
    this.#clock = clock;
    this.#passwords = new Map(Object.entries(passwords));
  }

  readonly fast: FastTokens = {
    mechanisms: ['HT-SHA-256-NONE'],
    issue: async (identity, clientId) => {
      await this.before();
      const token = `token-${++this.#issued}`;
      this.#tokens.set(token, { identity, clientId, token, count: 0 });
      return { token, expiresAt: this.#clock.now() + 86_400_000 };
    },
    verify: async ({ clientId, count, response }) => {
      await this.before();
      const at = response.indexOf(0);
      const proof = response.subarray(at + 1);
      for (const kept of this.#tokens.values()) {
        const hmac = (text: string) => createHmac('sha256', kept.token).update(text).digest();
        const expected = hmac('Initiator');
        if (kept.clientId !== clientId || proof.length !== expected.length) continue;
        if (!timingSafeEqual(proof, expected) || (count !== undefined && count <= kept.count)) continue;
        kept.count = count ?? kept.count;
        const responder = hmac('Responder');
        return { accepted: true, identity: kept.identity, responder, renew: this.renewTokens };
      }
      return { accepted: false, reason: 'credentials-expired' };
    },
    invalidate: async (account, clientId) => {
      for (const [key, kept] of this.#tokens) {
        const same = kept.identity.account === account;
        if (same && (clientId === undefined || kept.clientId === clientId)) this.#tokens.delete(key);
      }
    },
  };

  mechanisms(): readonly SaslMechanism[] {
    return this.offered;
  }

  accepts(mechanism: string): SaslMechanism | undefined {
    return this.offered.find((name) => name === mechanism);
  }

  async verifyPassword(local: string, password: string): Promise<AuthVerdict> {
    await this.before();
    const identity = this.#user(local);
    if (!identity) return { verdict: 'unknown' };
    if (this.#passwords.get(local) === password) return { verdict: 'accepted', identity };
    return { verdict: 'refused', reason: 'not-authorized' };
  }

  async scramKeys(
    local: string,
    hash: ScramHash,
  ): Promise<{ keys: ScramKeys; identity: Identity | undefined }> {
    await this.before();
    const keys = quickKeys(this.#passwords.get(local) ?? 'nobody knows', hash);
    return { keys, identity: this.#user(local) };
  }

  async verifyToken(token: string): Promise<AuthVerdict> {
    await this.before();
    const identity = this.siteTokens.get(token);
    return identity ? { verdict: 'accepted', identity } : { verdict: 'refused', reason: 'not-authorized' };
  }

  async external(peer: Peer): Promise<AuthVerdict> {
    await this.before();
    const [session] = peer.cookies?.values('session') ?? [];
    const identity = this.siteTokens.get(session ?? '');
    return identity ? { verdict: 'accepted', identity } : { verdict: 'refused', reason: 'not-authorized' };
  }

  async anonymous(): Promise<AuthVerdict> {
    await this.before();
    const account = bareJid(`guest-${++this.#guests}`, this.#domain);
    return account ? { verdict: 'accepted', identity: { account, kind: 'guest' } } : { verdict: 'unknown' };
  }

  failed(_peer: unknown, local: string | undefined): boolean {
    this.failures.push(local);
    return this.failures.length < this.patience;
  }

  admits(): boolean {
    return true;
  }

  succeeded(_peer: unknown, { account }: Identity): void {
    this.signedIn.push(account);
  }

  #user(local: string): Identity | undefined {
    const account: BareJid | undefined = this.#passwords.has(local)
      ? bareJid(local, this.#domain)
      : undefined;
    return account && { account, kind: 'user' };
  }
}
