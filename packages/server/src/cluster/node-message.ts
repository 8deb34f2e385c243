import type { FullJid } from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { SessionEnd } from '../kernel/session.js';
import type { Peer } from '../link/server-link.js';

/** A session by the number that its own node has given it; never used again by that node. */
export type SessionNumber = number;

/** What other nodes are told of a session. */
export interface SessionRecord {
  readonly session: SessionNumber;
  readonly jid: FullJid;
  readonly kind: Identity['kind'];
  readonly peer: Peer;
}

/** What the node of a session tells all others, so that each knows where a full address is. */
export type PresenceOfSessions =
  | { readonly type: 'bound'; readonly sessions: readonly SessionRecord[] }
  /** It has another link. */
  | { readonly type: 'moved'; readonly session: SessionNumber; readonly peer: Peer }
  /** It has become unavailable to all. */
  | { readonly type: 'left'; readonly session: SessionNumber }
  | { readonly type: 'ended'; readonly session: SessionNumber };

/** What the node of a session and the node of a host say to each other about the stanzas for that host. */
export type StanzaTask =
  /** `from` stamped, and judged by the sender's side. Who sends without a session waits for nothing: task 0. */
  | {
      readonly type: 'stanza';
      readonly task: number;
      readonly session: SessionNumber | undefined;
      readonly xml: string;
    }
  /** What the stanza asked for is safe, or never will be. */
  | { readonly type: 'settled'; readonly task: number; readonly safe: boolean };

/** What is for sessions of the node that gets this. */
export type Delivery =
  /** One stanza for one, as it is written. */
  | { readonly type: 'one'; readonly session: SessionNumber; readonly xml: string }
  /** One stanza for some, without `to`. */
  | { readonly type: 'some'; readonly sessions: readonly SessionNumber[]; readonly xml: string }
  /** A session has come into a group, or has left it. The group is there as long as it has members. */
  | {
      readonly type: 'member';
      readonly group: number;
      readonly session: SessionNumber;
      readonly is: boolean;
    }
  /** One stanza for every member, without `to`. */
  | { readonly type: 'group'; readonly group: number; readonly xml: string }
  /** There is something to read for a session, as its link takes it: see `pull`. */
  | { readonly type: 'source'; readonly source: number; readonly session: SessionNumber }
  /** Stanzas that were asked for, without `to`. */
  | { readonly type: 'more'; readonly source: number; readonly xml: readonly string[]; readonly end: boolean }
  | {
      readonly type: 'end';
      readonly session: SessionNumber;
      readonly why: SessionEnd;
      readonly streamError: string | undefined;
    };

/** A source may be read for so many stanzas more. */
export interface Pull {
  readonly type: 'pull';
  readonly source: number;
  readonly count: number;
}

/** Everything that nodes say to each other: plain data, which survives structured cloning and JSON. */
export type NodeMessage = Delivery | PresenceOfSessions | Pull | StanzaTask;
