import type { BareJid, Element } from '@meerkat-chat/xmpp';
import type { Grant } from '../kernel/grant.js';
import type { Cookies } from '../link/cookies.js';
import type { Peer } from '../link/server-link.js';

/** Who somebody is, once a provider has judged a credential. */
export interface Identity {
  readonly account: BareJid;
  /** Guests own no rooms and have no roster; they come back by their FAST token alone. */
  readonly kind: 'guest' | 'user';
  /** What the credential says of them beyond that. */
  readonly grant?: Grant;
  /**
   * Asks again whether the credential still holds, where that may end before its time: a cookie whose sign-in the site
   * has ended. Such a credential comes along with each connection, so no token is given for coming back.
   */
  readonly holds?: () => Promise<AuthVerdict>;
}

/** SCRAM hash functions by their names in mechanisms (RFC 5802, RFC 7677). */
export type ScramHash = 'SHA-1' | 'SHA-256';

/** What is kept of a password: nothing that signs in elsewhere. Keys are raw bytes. */
export interface ScramKeys {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** What a provider says of a credential: who it is, or why not; `unknown` lets the next one be asked. */
export type AuthVerdict =
  | { readonly verdict: 'accepted'; readonly identity: Identity }
  | {
      readonly verdict: 'refused';
      readonly reason: AuthRefusal;
      /** A sentence for people; none where it would tell an attacker more than that. */
      readonly text?: string;
      /** The same for programs. */
      readonly application?: Element;
    }
  | { readonly verdict: 'unknown' };

/** SASL failure conditions (RFC 6120 section 6.5) that a provider may name. */
export type AuthRefusal =
  | 'account-disabled'
  | 'credentials-expired'
  | 'not-authorized'
  | 'temporary-auth-failure';

/**
 * Judges credentials and nothing else. The methods that are there decide what mechanisms are offered:
 * SCRAM needs `scramKeys` of every password provider of the host, ANONYMOUS needs `anonymous`, OAUTHBEARER `verifyToken`,
 * EXTERNAL a cookie that one of them knows.
 */
export interface AuthProvider {
  readonly id: string;
  /** Checks a password for a user name (local part, prepared). */
  verifyPassword?(local: string, password: string, peer: Peer): Promise<AuthVerdict>;
  /** The keys for a user name; undefined for an unknown user, who then meets a made-up, stable salt. */
  scramKeys?(local: string, hash: ScramHash): Promise<ScramKeys | undefined>;
  /**
   * Whether clients are told that tokens are taken. Without a site that signs them only those know who try one, and
   * clients that pick the first mechanism they have heard of are not led astray.
   */
  readonly offersTokens?: boolean;
  /** Judges a token that the site has signed (RFC 7628). */
  verifyToken?(token: string, peer: Peer): Promise<AuthVerdict>;
  /** Judges the cookies of a site. */
  readonly cookies?: {
    /** Whether a cookie of this name may be a credential: only then it is worth an attempt. */
    knows(name: string): boolean;
    verify(cookies: Cookies, peer: Peer): Promise<AuthVerdict>;
  };
  /** Lets a guest in without a credential. @param proof see `GuestDoor.knock` */
  anonymous?(peer: Peer, proof: string | undefined): Promise<AuthVerdict>;
}
