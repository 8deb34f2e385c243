import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Peer } from '../link/server-link.js';
import type { AuthVerdict, Identity, ScramHash, ScramKeys } from './provider.js';

/** The SASL mechanisms that we implement, strongest first: the order in which they are offered. */
export type SaslMechanism =
  | 'ANONYMOUS'
  | 'EXTERNAL'
  | 'OAUTHBEARER'
  | 'PLAIN'
  | 'SCRAM-SHA-1'
  | 'SCRAM-SHA-256'
  | 'X-OAUTH2';

/** The one mechanism of FAST that a browser can do: it sees no channel to bind to (XEP-0484, RFC draft HT). */
export type FastMechanism = 'HT-SHA-256-NONE';

/** A FAST token as it is handed to the client. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Millis;
}

/** The chain of providers of one host, as the stream layer asks it (design: identity and rights). */
export interface Authenticator {
  /** What is offered on such a link: PLAIN and tokens only where the link is secure, SCRAM only where every password provider has keys. */
  mechanisms(peer: Peer): readonly SaslMechanism[];
  /** Whether an attempt with this mechanism is judged on such a link: also a token where none is offered. */
  accepts(mechanism: string, peer: Peer): SaslMechanism | undefined;
  verifyPassword(local: string, password: string, peer: Peer): Promise<AuthVerdict>;
  /**
   * The keys to run SCRAM with. An unknown user gets made-up ones, the same at each try, which no password fits,
   * so that nobody learns who has an account (RFC 5802 section 9 advice). So does everybody while there are too many
   * failures from that address or for that account.
   */
  scramKeys(
    local: string,
    hash: ScramHash,
    peer: Peer,
  ): Promise<{ readonly keys: ScramKeys; readonly identity: Identity | undefined }>;
  /** Judges a token of the site. */
  verifyToken(token: string, peer: Peer): Promise<AuthVerdict>;
  /** Judges the cookies that came along with the connection. */
  external(peer: Peer): Promise<AuthVerdict>;
  /** Lets a guest in. @param proof what they answer, where the server has asked for a proof */
  anonymous(peer: Peer, proof?: string): Promise<AuthVerdict>;
  readonly fast: FastTokens;
  /** Counts a failure against address and account; false when there were too many and the stream must be closed. */
  failed(peer: Peer, local: string | undefined): boolean;
  /** False for an account that is suspended: it does not come in, whatever its credential says. */
  admits(identity: Identity): boolean;
  /** Hears who has signed in, by whatever credential: who guesses from elsewhere shall not lock them out there. */
  succeeded(peer: Peer, identity: Identity): void;
}

/** Tokens for signing in again (XEP-0484). */
export interface FastTokens {
  readonly mechanisms: readonly FastMechanism[];
  issue(identity: Identity, clientId: string, mechanism: FastMechanism): Promise<IssuedToken>;
  /**
   * Judges a response of HT-SHA-256-NONE: `local NUL HMAC(token, "Initiator")`.
   * `responder` is the proof of ours that goes back, HMAC(token, "Responder").
   * `renew` says that the token is old enough to be replaced now.
   */
  verify(attempt: {
    readonly mechanism: FastMechanism;
    readonly clientId: string;
    readonly response: Buffer;
    /** The replay counter of `<fast count=''/>`, where the client gave one. */
    readonly count: number | undefined;
  }): Promise<
    | {
        readonly accepted: true;
        readonly identity: Identity;
        readonly responder: Buffer;
        readonly renew: boolean;
      }
    | { readonly accepted: false; readonly reason: 'credentials-expired' | 'not-authorized' }
  >;
  /** Ends the tokens of an account, or of one client of it (`<fast invalidate='true'/>`). */
  invalidate(account: BareJid, clientId?: string): Promise<void>;
}
