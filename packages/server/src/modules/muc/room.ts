import {
  type BareJid,
  type FullJid,
  localOf,
  type Millis,
  type MucAffiliation,
  type MucRole,
} from '@meerkat-chat/xmpp';
import type { RoomRight } from '../../kernel/grant.js';
import type { Group } from '../../kernel/group.js';
import type { RoomRecord } from '../../kernel/module.js';
import { skeleton } from '../../kernel/skeleton.js';
import type { RoomConfig } from './config.js';
import type { RoomHistory } from './history.js';
import type { Occupant } from './occupant.js';
import { initialRole, isAdministrator } from './rights.js';
import { Seat } from './seat.js';
import { Visibility } from './visibility.js';

/** What a room begins with in memory. */
export interface RoomInit {
  readonly jid: BareJid;
  readonly config: RoomConfig;
  readonly subject: RoomRecord['subject'];
  readonly affiliations: ReadonlyMap<BareJid, MucAffiliation>;
  readonly createdAt: Millis;
  /** True when the storage has it. */
  readonly stored: boolean;
  /** Accounts that own every room. */
  readonly admins: ReadonlySet<BareJid>;
  /** What the credentials of an account that is signed in grant it here. */
  readonly granted: (account: BareJid) => RoomRight | 'none' | undefined;
  readonly history: RoomHistory;
  /** Nobody yet. */
  readonly sessions: Group;
}

/** The state of a room: who is in it and how it is set. It sends nothing; the files beside it do. */
export class Room {
  readonly jid: BareJid;
  readonly createdAt: Millis;
  readonly history: RoomHistory;
  /** Every session in the room: whom a message goes to. */
  readonly sessions: Group;
  readonly #affiliations: Map<BareJid, MucAffiliation>;
  /** What the names of those on its lists look like; made when it is asked for. */
  #looks: ReadonlySet<string> | undefined;
  config: RoomConfig;
  subject: RoomRecord['subject'];
  stored: boolean;
  /** False until somebody who may has made it: a name that was only asked for. */
  established: boolean;
  /** Set when it has been destroyed: whoever still holds it must let go. */
  gone = false;
  /** Who is shown to whom. */
  readonly visibility = new Visibility(() => this.#bySession.values());
  readonly #admins: ReadonlySet<BareJid>;
  readonly #granted: RoomInit['granted'];
  /** The last message that is on its way to the disk, and so not yet told. */
  #onItsWay: Promise<void> | undefined;
  readonly #byNick = new Map<string, Occupant>();
  readonly #bySkeleton = new Map<string, Occupant>();
  readonly #bySession = new Map<FullJid, Seat>();
  /** In the order in which they came in, whatever their nicks are now. */
  readonly #inOrder = new Set<Occupant>();

  constructor(init: RoomInit) {
    this.jid = init.jid;
    this.config = init.config;
    this.subject = init.subject;
    this.#affiliations = new Map(init.affiliations);
    this.createdAt = init.createdAt;
    this.stored = init.stored;
    this.established = init.stored;
    this.history = init.history;
    this.sessions = init.sessions;
    this.#admins = init.admins;
    this.#granted = init.granted;
  }

  /** Its lists: owners, admins, members and banned. */
  get affiliations(): ReadonlyMap<BareJid, MucAffiliation> {
    return this.#affiliations;
  }

  /** Puts an account on a list; `none` takes it from them all. */
  affiliate(account: BareJid, affiliation: MucAffiliation): void {
    if (affiliation === 'none') this.#affiliations.delete(account);
    else this.#affiliations.set(account, affiliation);
    this.#looks = undefined;
  }

  /** True for a nick that looks like the name of somebody to whom the room means something. */
  looksAffiliated(nick: string): boolean {
    this.#looks ??= new Set(
      [...this.#admins, ...this.#affiliations.keys()]
        .filter((account) => this.affiliationOf(account) !== 'outcast')
        .map((account) => skeleton(localOf(account))),
    );
    return this.#looks.has(skeleton(nick));
  }

  /** In the order in which they came in. */
  get occupants(): Iterable<Occupant> {
    return this.#inOrder;
  }

  get size(): number {
    return this.#inOrder.size;
  }

  get seats(): Iterable<Seat> {
    return this.#bySession.values();
  }

  seatOf(session: FullJid): Seat | undefined {
    return this.#bySession.get(session);
  }

  /** One for each session of an occupant. */
  seatsOf(occupant: Occupant): readonly Seat[] {
    return [...occupant.sessions].flatMap((session) => this.#bySession.get(session) ?? []);
  }

  /** What is told by `inTurn` waits for this. */
  wait(told: Promise<void>): void {
    this.#onItsWay = told;
    void told.then(() => {
      if (this.#onItsWay === told) this.#onItsWay = undefined;
    });
  }

  /** Tells something behind the messages that are on their way to the disk; at once where there are none. */
  inTurn(tell: () => void): Promise<void> | undefined {
    if (this.#onItsWay) return this.#onItsWay.then(tell);
    tell();
    return undefined;
  }

  byNick(nick: string): Occupant | undefined {
    return this.#byNick.get(nick);
  }

  bySession(jid: FullJid): Occupant | undefined {
    return this.#bySession.get(jid)?.occupant;
  }

  byAccount(account: BareJid): Occupant[] {
    return [...this.#inOrder].filter((occupant) => occupant.account === account);
  }

  /** Who has this nick, or one that looks the same. */
  holderOf(nick: string): Occupant | undefined {
    return this.#byNick.get(nick) ?? this.#bySkeleton.get(skeleton(nick));
  }

  /**
   * What an account is to the room: by its lists, and by what its credential grants, which makes an admin of who keeps
   * order and leaves who may only read below one. A ban holds whatever is granted.
   */
  affiliationOf(account: BareJid): MucAffiliation {
    if (this.#admins.has(account)) return 'owner';
    const kept = this.affiliations.get(account) ?? 'none';
    const granted = this.#granted(account);
    if (granted === 'moderate' && (kept === 'none' || kept === 'member')) return 'admin';
    return granted === 'read' && isAdministrator(kept) ? 'member' : kept;
  }

  /** The role that an account begins with here. */
  roleOf(account: BareJid): MucRole {
    const granted = this.#granted(account);
    const role = initialRole(this.affiliationOf(account), this.config.moderated && granted !== 'write');
    return granted === 'read' && role === 'participant' ? 'visitor' : role;
  }

  /** True for an account that may not come in, and so learns nothing of what is said inside. */
  bars(account: BareJid | undefined): boolean {
    const affiliation = account === undefined ? 'none' : this.affiliationOf(account);
    if (affiliation === 'outcast' || (this.config.membersOnly && affiliation === 'none')) return true;
    return account !== undefined && this.keepsOut(account);
  }

  /** True for an account whose credential is for other rooms. */
  keepsOut(account: BareJid): boolean {
    return !this.#admins.has(account) && this.#granted(account) === 'none';
  }

  /** Notes that a session is this occupant, who is new or was here with other sessions. */
  enter(occupant: Occupant, session: FullJid): Seat {
    if (occupant.sessions.size === 0) this.visibility.enters(occupant);
    occupant.sessions.add(session);
    const seat = new Seat(session, occupant);
    this.#bySession.set(session, seat);
    this.sessions.add(session);
    this.#inOrder.add(occupant);
    this.#byNick.set(occupant.nick, occupant);
    this.#bySkeleton.set(skeleton(occupant.nick), occupant);
    return seat;
  }

  /** Takes one session out; true when its occupant has none left and is gone. */
  exit(session: FullJid): boolean {
    const occupant = this.bySession(session);
    if (!occupant) return false;
    this.#bySession.delete(session);
    this.sessions.delete(session);
    occupant.sessions.delete(session);
    if (occupant.sessions.size > 0) return false;
    this.#inOrder.delete(occupant);
    this.#forget(occupant);
    return true;
  }

  /** Gives an occupant another nick, which must be free. */
  rename(occupant: Occupant, nick: string): void {
    this.#forget(occupant);
    occupant.rename(nick);
    this.visibility.renames(occupant);
    this.#byNick.set(nick, occupant);
    this.#bySkeleton.set(skeleton(nick), occupant);
  }

  #forget(occupant: Occupant): void {
    this.#byNick.delete(occupant.nick);
    this.#bySkeleton.delete(skeleton(occupant.nick));
  }
}
