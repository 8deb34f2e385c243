import type { Clock, Millis } from '@meerkat-chat/xmpp';
import { isBare, parseBareJid } from '@meerkat-chat/xmpp';
import { jwtVerify, SignJWT } from 'jose';
import { formatGrant, type Grant, parseGrant } from '../../kernel/grant.js';
import type { AuthProvider, Identity } from '../provider.js';
import type { MadeFor } from '../token/ended-sign-ins.js';

/** The cookie's name: of this host alone, for all of it, over https (RFC 6265bis section 4.1.3.2). */
export const FRAME_COOKIE = '__Host-meerkat-frame';

const HEADER = { alg: 'HS256', typ: 'frame+jwt' } as const;
/** The longest cookie that is looked at. */
const MAX_COOKIE = 4096;

/** What keeps sessions of framed rooms. */
export interface FrameSessionsOptions {
  /** Of the server's own, for nothing else. */
  readonly secret: Buffer;
  readonly clock: Clock;
  /** How long one is good without being renewed; 0 makes none. */
  readonly life: Millis;
  /** Whether the sign-in that it comes from has ended. */
  readonly ended: (made: MadeFor) => boolean;
}

/** A session as a cookie. */
export interface FrameSession {
  readonly value: string;
  readonly life: Millis;
}

/**
 * Sessions of framed rooms: who has been signed in by a token of the page around keeps a cookie of this server's own, so
 * that a reload needs to ask nobody first. It is for the page around alone (`Partitioned`), and ends with the token's grant.
 */
export class FrameSessions {
  readonly #options: FrameSessionsOptions;

  constructor(options: FrameSessionsOptions) {
    this.#options = options;
  }

  /** Makes one of whom a token has signed in; undefined where there is none to be had, or it would be too long. */
  async make({ account, grant, kind }: Identity): Promise<FrameSession | undefined> {
    const { clock, life, secret } = this.#options;
    const now = clock.now();
    const end = Math.min(now + life, grant?.until ?? Number.POSITIVE_INFINITY);
    if (kind !== 'user' || end - now < 1000) return undefined;
    const value = await new SignJWT({ grant: formatGrant(grant ?? {}), exp: Math.floor(end / 1000) })
      .setProtectedHeader(HEADER)
      .setSubject(account)
      .setIssuedAt(Math.floor(now / 1000))
      .sign(secret);
    return value.length > MAX_COOKIE ? undefined : { value, life: end - now };
  }

  /** Whose session a cookie is. */
  async read(value: string): Promise<Identity | undefined> {
    const { clock, ended, secret } = this.#options;
    if (value.length > MAX_COOKIE) return undefined;
    try {
      const { payload } = await jwtVerify(value, secret, {
        algorithms: [HEADER.alg],
        typ: HEADER.typ,
        currentDate: new Date(clock.now()),
      });
      const account = parseBareJid(payload.sub ?? '');
      const grant: Grant = parseGrant(String(payload['grant']));
      if (account === undefined || !isBare(account)) return undefined;
      const madeAt = (payload.iat ?? 0) * 1000;
      if (ended({ account, signIn: grant.signIn, madeAt })) return undefined;
      return { account, kind: 'user', grant };
    } catch {
      return undefined;
    }
  }

  /** Judges the cookie of a connection. */
  provider(): AuthProvider {
    const judge = async (value: string) => {
      const identity = await this.read(value);
      if (!identity) return { verdict: 'refused', reason: 'not-authorized' } as const;
      return { verdict: 'accepted', identity: { ...identity, holds: () => judge(value) } } as const;
    };
    return {
      id: 'frame',
      cookies: {
        knows: (name) => name === FRAME_COOKIE,
        async verify(cookies) {
          const [value] = cookies.values(FRAME_COOKIE);
          return value === undefined ? { verdict: 'unknown' } : judge(value);
        },
      },
    };
  }
}
