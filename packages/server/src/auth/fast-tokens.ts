import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type BareJid,
  bareJid,
  type DomainJid,
  type Env,
  type Millis,
  type Off,
  randomId,
} from '@meerkat-chat/xmpp';
import { formatGrant, parseGrant } from '../kernel/grant.js';
import type { TokenRecord, TokenStore } from '../storage/storage.js';
import { isGuestName } from './anonymous.js';
import type { FastMechanism, FastTokens, IssuedToken } from './authenticator.js';
import type { Identity } from './provider.js';

const DAY = 86_400_000;
const RESPONSE_BYTES = 32;
const SWEEP_PERIOD = 3_600_000;
const SWEPT_AT_ONCE = 1000;
/** The longest id of a client that is kept as it is. */
const MAX_CLIENT_ID_BYTES = 64;

/** What the tokens are made of. */
export interface FastTokensOptions {
  readonly store: TokenStore;
  readonly env: Env;
  readonly domain: DomainJid;
  /** A key of the server's own. */
  readonly secret: Buffer;
  /** How long a token is good for. Default 30 days. */
  readonly life?: Millis;
  /** False refuses the tokens of guests, for a server that lets none in any more. Default true. */
  readonly guests?: boolean;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

type Verdict = Awaited<ReturnType<FastTokens['verify']>>;

/**
 * FAST tokens (XEP-0484) with HT-SHA-256-NONE. A token is derived from the server's key and its serial, so the
 * database alone signs nobody in. The token before is good until the new one has been used once: an answer that got
 * lost on its way signs nobody out.
 */
export class StoredFastTokens implements FastTokens {
  readonly mechanisms: readonly FastMechanism[] = ['HT-SHA-256-NONE'];
  readonly #store: TokenStore;
  readonly #env: Env;
  readonly #domain: DomainJid;
  readonly #secret: Buffer;
  readonly #life: Millis;
  readonly #renewAfter: Millis;
  readonly #guests: boolean;

  constructor(options: FastTokensOptions) {
    this.#store = options.store;
    this.#env = options.env;
    this.#domain = options.domain;
    this.#secret = options.secret;
    this.#life = options.life ?? 30 * DAY;
    this.#renewAfter = Math.min(DAY, this.#life / 2);
    this.#guests = options.guests ?? true;
  }

  async issue(identity: Identity, clientId: string, mechanism: FastMechanism): Promise<IssuedToken> {
    const now = this.#env.clock.now();
    const client = this.#clientKey(clientId);
    const grant = identity.grant && formatGrant(identity.grant);
    // A token leads no further than the credential that it was given for.
    const until = identity.grant?.until ?? Number.POSITIVE_INFINITY;
    const [newest, before] = await this.#store.find(identity.account, client, now);
    // With one before it, the newest has never been used: its client did not get it. It is told again, or a third
    // token would push out the one that the client still has.
    const goesOn = newest && before && newest.grant === grant;
    if (goesOn && newest.expiresAt - now > Math.min(this.#life, until - now) / 2) {
      return { token: this.#token(newest), expiresAt: newest.expiresAt };
    }
    const record: TokenRecord = {
      account: identity.account,
      guest: identity.kind === 'guest',
      clientId: client,
      mechanism,
      serial: randomId(this.#env.random),
      issuedAt: now,
      expiresAt: Math.min(now + this.#life, until),
      count: 0,
      ...(grant === undefined ? {} : { grant }),
    };
    await this.#store.add(record);
    return { token: this.#token(record), expiresAt: record.expiresAt };
  }

  async verify(attempt: Parameters<FastTokens['verify']>[0]): Promise<Verdict> {
    const account = this.#accountOf(attempt.response);
    if (!account) return { accepted: false, reason: 'not-authorized' };
    const proof = attempt.response.subarray(-RESPONSE_BYTES);
    // From time 0 on: those that have expired are told so.
    const tokens = await this.#store.find(account, this.#clientKey(attempt.clientId), 0);
    const token = tokens.find(
      (candidate) =>
        candidate.mechanism === attempt.mechanism &&
        timingSafeEqual(hmac(this.#token(candidate), 'Initiator'), proof),
    );
    if (!token || (token.guest && !this.#guests)) return { accepted: false, reason: 'not-authorized' };
    const now = this.#env.clock.now();
    if (token.expiresAt <= now) return { accepted: false, reason: 'credentials-expired' };
    if (!(await this.#store.use(token.serial, attempt.count))) {
      return { accepted: false, reason: 'not-authorized' };
    }
    return {
      accepted: true,
      identity: {
        account,
        kind: token.guest ? 'guest' : 'user',
        ...(token.grant === undefined ? {} : { grant: parseGrant(token.grant) }),
      },
      responder: hmac(this.#token(token), 'Responder'),
      // Whoever comes with the older of two has missed the newer one.
      renew: token !== tokens[0] || now - token.issuedAt >= this.#renewAfter,
    };
  }

  async invalidate(account: BareJid, clientId?: string): Promise<void> {
    await this.#store.drop(account, clientId === undefined ? undefined : this.#clientKey(clientId));
  }

  /** Removes expired tokens from the store now and then, until undone. */
  startSweeping(failed: (error: unknown) => void): Off {
    return this.#env.clock.every(SWEEP_PERIOD, () => {
      this.#store.sweep(this.#env.clock.now(), SWEPT_AT_ONCE).catch(failed);
    });
  }

  /** `local NUL proof`; the proof has a fixed length and may hold zeros. */
  #accountOf(response: Buffer): BareJid | undefined {
    const end = response.length - RESPONSE_BYTES - 1;
    if (end < 1 || response.indexOf(0) !== end) return undefined;
    const local = response.subarray(0, end).toString('utf8');
    const account = bareJid(local, this.#domain);
    return account !== undefined && (this.#guests || !isGuestName(local)) ? account : undefined;
  }

  #token(record: TokenRecord): string {
    const { serial, account, clientId } = record;
    return hmac(this.#secret, `fast\0${serial}\0${account}\0${clientId}`).toString('base64url');
  }

  /** An id of any length that a client may choose, as a short one. */
  #clientKey(clientId: string): string {
    if (Buffer.byteLength(clientId) <= MAX_CLIENT_ID_BYTES) return clientId;
    return `#${hmac(this.#secret, `client\0${clientId}`).toString('base64url')}`;
  }
}
