import type { DomainJid, Element, Env } from '@meerkat-chat/xmpp';
import type { Authenticator } from '../auth/authenticator.js';
import type { GuestDoor } from '../auth/guests/guest-door.js';
import type { Grant } from '../kernel/grant.js';
import type { Settled } from '../kernel/hooks.js';
import type { Logger } from '../kernel/logger.js';
import type { Session, SessionDirectory, SessionEnd } from '../kernel/session.js';
import type { TurnShare } from '../kernel/turn-share.js';
import type { Peer } from '../link/server-link.js';
import type { StreamLimits } from './limits.js';

/** Where people register who have not signed in. */
export interface RegistrationDesk {
  /** Whether such a link is told that it may register. */
  offered(peer: Peer): boolean;
  /** Answers a request; what was refused counts as an attempt to sign in. */
  answer(iq: Element, peer: Peer): Promise<{ readonly answer: Element; readonly refused: boolean }>;
}

/** What the stream layer needs of the rest: the router is given to it, it never imports the router. */
export interface StreamHost {
  readonly env: Env;
  readonly log: Logger;
  readonly domain: DomainJid;
  readonly auth: Authenticator;
  /** Says whether there is a place for a guest; none: there always is. */
  readonly guests?: Pick<GuestDoor, 'problem'> | undefined;
  readonly limits: StreamLimits;
  /** Registration before sign-in (XEP-0077); none by default. */
  readonly registration?: RegistrationDesk | undefined;
  /** What signing in, and the end of those who have vanished, may take of a turn of the event loop. */
  readonly churn: TurnShare;
  /** To find who has a resource already. */
  readonly sessions: SessionDirectory;
  /** A stanza of a session, in order; counted (XEP-0198) when settled. */
  receive(session: Session, stanza: Element): Settled;
  /** A resource was bound: from now on the session can be found and is delivered to. */
  bound(session: Session): void;
  resumed(session: Session): void;
  /** A session goes on under another credential: what it may do, and until when, has changed. */
  renewed(session: Session, before: Grant | undefined): void;
  /**
   * A session ended for good, once; what it did not acknowledge is given back for redelivery or bounce, as far as
   * somebody else may get it (`isRedeliverable`).
   */
  ended(session: Session, why: SessionEnd, unacknowledged: readonly string[]): void;
}
