import type { BareJid, Millis, MucAffiliation, MucRole, StanzaError } from '@meerkat-chat/xmpp';
import type { OccupantIds } from './occupant-ids.js';

/** A room as an administrator sees it in a list. */
export interface ListedRoom {
  readonly jid: BareJid;
  readonly name: string;
  readonly isPublic: boolean;
}

/** A room as an administrator sees it. */
export interface ShownRoom extends ListedRoom {
  readonly createdAt: Millis;
  readonly moderated: boolean;
  readonly membersOnly: boolean;
  readonly persistent: boolean;
  readonly archived: boolean;
  readonly subject: string | undefined;
  /** How many are in it now; `occupants` has the first of them. */
  readonly size: number;
  readonly occupants: readonly {
    readonly nick: string;
    readonly account: BareJid;
    readonly role: MucRole;
    readonly affiliation: MucAffiliation;
  }[];
  readonly affiliations: readonly { readonly account: BareJid; readonly affiliation: MucAffiliation }[];
}

/** Undefined when it was done and is kept; else why not. */
export type RoomTaskOutcome = StanzaError | undefined;

/** What administrators from outside XMPP do with rooms. They are above every room's own rights. */
export interface RoomAdministration {
  /** The host that rooms are at. */
  readonly host: string;
  readonly occupantIds: OccupantIds;
  /** A room in memory shows to nobody who joins what an occupant has said: it is gone from the archive. */
  forgetMessages(room: BareJid, occupantId: string): Promise<void>;
  /** Rooms in memory show to nobody who joins what was said before that time. */
  forgetBefore(time: Millis): Promise<void>;
  /** Rooms in order of address. @param options `after`: only those behind that address */
  list(options: {
    readonly after?: BareJid | undefined;
    readonly limit: number;
  }): Promise<readonly ListedRoom[]>;
  show(room: BareJid): Promise<ShownRoom | undefined>;
  /** Whose nick that is in a room now. */
  accountOf(room: BareJid, nick: string): Promise<BareJid | undefined>;
  /** Makes a room that stays; `conflict` where there is one. */
  create(
    room: BareJid,
    settings: Partial<Pick<ShownRoom, 'archived' | 'isPublic' | 'membersOnly' | 'moderated' | 'name'>>,
  ): Promise<RoomTaskOutcome>;
  /** Removes a room for good, with its archive; whoever is in it is told. */
  destroy(room: BareJid, reason: string | undefined): Promise<RoomTaskOutcome>;
  /** Gives an account an affiliation; `outcast` bans it. */
  affiliate(
    room: BareJid,
    account: BareJid,
    affiliation: MucAffiliation,
    reason: string | undefined,
  ): Promise<RoomTaskOutcome>;
  /** Removes who has that nick; they may come back. */
  kick(room: BareJid, nick: string, reason: string | undefined): Promise<RoomTaskOutcome>;
  /**
   * Says something in a room under a nick that nobody there has, or that looks like nobody's there. It is archived where
   * the room is.
   */
  say(room: BareJid, nick: string, text: string): Promise<RoomTaskOutcome>;
}
