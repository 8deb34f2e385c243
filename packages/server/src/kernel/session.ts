import type { BareJid, Element, FullJid, Presence } from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { Peer } from '../link/server-link.js';
import type { Shard } from './shard.js';
import type { SharedStanza } from './shared-stanza.js';

/**
 * What a session reads as its link takes it. It yields `undefined` when it has nothing yet: then it is asked again
 * after `Session.readOn`, and what was sent later goes on waiting behind it.
 */
export type StanzaSource = Iterator<SharedStanza | undefined, unknown>;

/** Why a session ended, as modules and metrics see it. */
export type SessionEnd =
  | 'closed' // the client said </close> or signed out
  | 'credentials-expired' // what it was signed in with has ended
  | 'expired' // hibernated for longer than allowed
  | 'lost' // the link broke and there was nothing to resume
  | 'overflow' // it read too slowly, or slept on too much
  | 'replaced' // the same resource bound again
  | 'kicked' // an administrator, or a change of password
  | 'shutdown';

/**
 * A bound resource (RFC 6120 section 7): from bind until it ends, over any number of links (XEP-0198).
 * This is the face that router and modules see; how it is kept is the stream layer's business.
 */
export interface Session {
  readonly jid: FullJid;
  readonly account: BareJid;
  /** Of the credential that it was signed in with last. */
  readonly identity: Identity;
  /** Of the current link, or of the last one while hibernated. */
  readonly peer: Peer;
  /** True while it has no link and waits to be resumed; what is delivered then is kept, within its bound. */
  readonly hibernated: boolean;
  /** The id of the client (XEP-0388), where it has said one. */
  readonly clientId?: string | undefined;
  /** The address of this session as the bytes that stand in `to`, escaped, made once. */
  readonly toBytes: Buffer;
  /** Where it is, when that is not this process. */
  readonly shard?: Shard;
  /** Sends it an element; a stanza gets its place in the unacknowledged queue. */
  deliver(stanza: Element): void;
  /** Sends it a stanza that many get. */
  deliverShared(stanza: SharedStanza): void;
  /**
   * Sends it what a source yields, read one by one as its link takes them; what is sent later comes behind. The source
   * is asked for the next when that is to be written, and dropped when the session ends.
   */
  deliverFrom(source: StanzaSource): void;
  /** A source of it that had nothing yet has more to give, or has come to its end. */
  readOn(): void;
  /** Ends it for good, with a stream error where a condition is named. */
  end(why: SessionEnd, streamError?: string): void;
}

/** Who is here. Read by modules; kept by the router. */
export interface SessionDirectory {
  get(jid: FullJid): Session | undefined;
  /** The sessions of an account, in the order of their binding. */
  of(account: BareJid): readonly Session[];
  /** The presence that a session broadcasts now; undefined while it is not available (RFC 6121 section 4.2). */
  presence(jid: FullJid): Presence | undefined;
  readonly size: number;
}
