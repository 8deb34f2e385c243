import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { ScramHash, ScramKeys } from '../auth/provider.js';
import type { SpanReading } from '../kernel/span-counts.js';

/** All that is kept. One contract suite runs against every back end. */
export interface Storage {
  readonly users: UserStore;
  readonly tokens: TokenStore;
  readonly usedTokens: UsedTokenStore;
  readonly endedSignIns: EndedSignInStore;
  readonly rooms: RoomStore;
  readonly archive: ArchiveStore;
  readonly statuses: StatusStore;
  readonly audit: AuditStore;
  readonly former: FormerStore;
  /** Writes something durably; rejects when that fails, such as on a full disk. */
  check(): Promise<void>;
  /** Sees to it that what was removed or rewritten is not on the disk any more, where it may stay for a while. */
  scrub(): Promise<void>;
  /** Finishes what was accepted, then closes. */
  close(): Promise<void>;
}

/** Keys of a password, for each hash. */
export type UserKeys = Readonly<Record<ScramHash, ScramKeys>>;

/** An account of the internal provider. */
export interface UserRecord {
  readonly account: BareJid;
  /** None: it has no password here, and its owner signs in through the site. */
  readonly keys?: UserKeys;
  readonly createdAt: Millis;
  /** When the password was last changed; never, where it is not there. */
  readonly changedAt?: Millis;
  /** Since when it may not sign in, by whatever credential; where it is not there, it may. */
  readonly suspendedAt?: Millis;
}

export interface UserStore {
  get(account: BareJid): Promise<UserRecord | undefined>;
  /** Whether there is an account whose name looks like this one (kernel/skeleton.ts). */
  looksTaken(name: string): Promise<boolean>;
  /** Adds an account; false when it exists already, which is then left as it was. */
  add(record: UserRecord): Promise<boolean>;
  /**
   * Replaces the keys; false for an unknown account. Its tokens are dropped in the same transaction.
   * @param keep the client whose tokens stay
   */
  setKeys(account: BareJid, keys: UserKeys, at: Millis, keep?: string): Promise<boolean>;
  /** Puts other keys of the same password in the place of these; false where the password is another by now. */
  renewKeys(account: BareJid, before: UserKeys, keys: UserKeys): Promise<boolean>;
  /** Suspends from that time on, and drops the tokens; or, with undefined, lets in again. False for an unknown account. */
  suspend(account: BareJid, at: Millis | undefined): Promise<boolean>;
  /** Suspended accounts in order of address, after the given one. */
  suspended(options: { readonly after?: BareJid; readonly limit: number }): Promise<BareJid[]>;
  /**
   * Removes an account, its tokens, the id of its status and its affiliations in every room, also where a site knows the
   * name and no account is kept here. False where none was.
   */
  delete(account: BareJid): Promise<boolean>;
  /** In order of address, after the given one. */
  list(options: { readonly after?: BareJid; readonly limit: number }): Promise<UserRecord[]>;
}

/**
 * A FAST token (XEP-0484) as it is kept: the secret itself is derived from the server's key and `serial`,
 * so that a copy of the database signs nobody in.
 */
export interface TokenRecord {
  readonly account: BareJid;
  readonly guest: boolean;
  /** The `id` of the client's user-agent (XEP-0388), which the token is bound to. */
  readonly clientId: string;
  readonly mechanism: string;
  readonly serial: string;
  readonly issuedAt: Millis;
  readonly expiresAt: Millis;
  /** The highest `count` seen, against replays. */
  readonly count: number;
  /** What the credential says that it was given for (kernel/grant.ts), opaque here. */
  readonly grant?: string;
}

export interface TokenStore {
  /** The tokens of one client that have not expired, newest first: at most the current and the one before. */
  find(account: BareJid, clientId: string, now: Millis): Promise<TokenRecord[]>;
  /** Adds a token and keeps of the older ones of that client only the newest. */
  add(record: TokenRecord): Promise<void>;
  /**
   * Notes a use and drops the older tokens of that client. False, with nothing changed, for an unknown serial and for
   * a replay: `count` is not above the highest seen, or is missing although there has been one.
   */
  use(serial: string, count: number | undefined): Promise<boolean>;
  /** Drops the tokens of an account, or of one client of it. */
  drop(account: BareJid, clientId?: string): Promise<void>;
  /** All that an account has, expired or not, newest first, at most `limit`. */
  of(account: BareJid, limit: number): Promise<TokenRecord[]>;
  /** Drops what has expired, at most `limit`; returns how many. */
  sweep(now: Millis, limit: number): Promise<number>;
}

/** The tokens of a site that have signed in and may not again (`jti`, RFC 7519 section 4.1.7). */
export interface UsedTokenStore {
  /** Notes a use, durably. False, with nothing changed, when the token has been used and has not expired at `now`. */
  use(id: string, expiresAt: Millis, now: Millis): Promise<boolean>;
  /** Forgets those that have expired; returns how many are left. */
  sweep(now: Millis): Promise<number>;
}

/** That sign-ins to a site have ended: what was made for them before is good for nothing. */
export interface EndedSignIn {
  /** Whose sign-in, and which, as a keyed digest: nobody can read names here. */
  readonly digest: string;
  readonly at: Millis;
}

export interface EndedSignInStore {
  /**
   * Notes an end durably, or a later one of the same.
   * @param instead one that is forgotten for it
   */
  note(ended: EndedSignIn, instead?: string): Promise<void>;
  /** In order of the digest, after the given one. */
  list(options: { readonly after?: string; readonly limit: number }): Promise<EndedSignIn[]>;
  /** Forgets those that ended then or before. */
  sweep(before: Millis): Promise<void>;
}

export type Affiliation = 'admin' | 'member' | 'none' | 'outcast' | 'owner';

/** A room as it is kept: occupants are not. */
export interface RoomRecord {
  readonly jid: BareJid;
  /** What the module says of it, opaque here. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly subject: { readonly text: string; readonly by: string; readonly at: Millis } | undefined;
  readonly createdAt: Millis;
}

export interface RoomStore {
  get(
    jid: BareJid,
  ): Promise<{ record: RoomRecord; affiliations: ReadonlyMap<BareJid, Affiliation> } | undefined>;
  put(record: RoomRecord): Promise<void>;
  /** `none` removes the entry. Rejects when there is no such room. */
  setAffiliation(room: BareJid, user: BareJid, affiliation: Affiliation): Promise<void>;
  /** Removes a room, its affiliations, and its archive. */
  delete(jid: BareJid): Promise<boolean>;
  list(options: { readonly after?: BareJid; readonly limit: number }): Promise<RoomRecord[]>;
  /** What a person is to rooms, in order of the rooms' addresses, after the given one. */
  affiliationsOf(
    user: BareJid,
    options: { readonly after?: BareJid; readonly limit: number },
  ): Promise<{ readonly room: BareJid; readonly affiliation: Affiliation }[]>;
}

/** One message of an archive (XEP-0313). */
export interface ArchiveEntry {
  /** Unique, and in the order of the archive when compared as text: made by `ArchiveStore.nextId`. */
  readonly id: string;
  readonly archive: BareJid;
  readonly at: Millis;
  /** Who said it, as readers of the archive see them: in a room the occupant's address. */
  readonly sender: string;
  /** The stanza as text, complete. */
  readonly xml: string;
}

/** A page of an archive (XEP-0059). `after` and `before` are ids, exclusive; an unknown one is `item-not-found`. */
export interface ArchiveQuery {
  readonly archive: BareJid;
  readonly start?: Millis;
  readonly end?: Millis;
  readonly sender?: string;
  readonly after?: string;
  /** The empty string asks for the last page. */
  readonly before?: string;
  readonly max: number;
}

export type ArchivePage =
  | {
      readonly found: true;
      /** Oldest first. */
      readonly entries: readonly ArchiveEntry[];
      /** True when there is nothing further in the direction of the query. */
      readonly complete: boolean;
    }
  | { readonly found: false };

/** How the archive gets on with its disk. */
export interface ArchiveStats {
  /** Bytes of entries that are not on disk yet. */
  readonly waitingBytes: number;
  /** How long each group took, from when its first entry was taken until all were on disk. */
  readonly commits: SpanReading;
}

export interface ArchiveStore {
  stats(): ArchiveStats;
  /** True while `append` refuses: asked before anything is done for a message. */
  readonly full: boolean;
  /**
   * The next id for an archive entry, above every one before it, also over a restart. An entry's `at` must not be
   * later than the `now` of its id: searches by time rely on it.
   */
  nextId(now: Millis): string;
  /**
   * Takes an entry for the next group commit and fulfils when it is on disk. Refuses (rejects with
   * `ArchiveFullError`) when more than the bounded number of bytes wait.
   */
  append(entry: ArchiveEntry): Promise<void>;
  /** Reads one page; entries still waiting for their commit are included. */
  query(query: ArchiveQuery): Promise<ArchivePage>;
  /** Removes entries older than that, at most `limit`; returns how many. */
  purge(archive: BareJid, before: Millis, limit: number): Promise<number>;
  /** The first archive after that one, in order of address, that has an entry on disk; undefined behind the last. */
  next(after: BareJid | undefined): Promise<BareJid | undefined>;
  /**
   * Looks through the next entries after an id for those whose text has one of some words. Those that wait for their commit
   * are on disk first.
   */
  find(wish: ArchiveSearch): Promise<ArchiveFinding>;
  /** Writes entries anew, under the ids that they have; those that are gone stay gone. Returns how many there were. */
  rewrite(entries: readonly ArchiveEntry[]): Promise<number>;
  /** Removes a whole archive, some entries at a time; returns how many there were. */
  forget(archive: BareJid): Promise<number>;
}

/** A search through one archive, a slice of it at a time. */
export interface ArchiveSearch {
  readonly archive: BareJid;
  readonly after: string | undefined;
  /** Words, compared byte by byte. */
  readonly words: readonly string[];
  /** Entries that are looked at. */
  readonly slice: number;
}

/** What a slice of an archive had. */
export interface ArchiveFinding {
  readonly entries: readonly ArchiveEntry[];
  /** The last id that was looked at: where the next slice begins. Undefined when there is no more. */
  readonly last: string | undefined;
}

/**
 * Names of accounts that were deleted, as keyed digests: who gets such a name later is told apart from who had it, and
 * nobody can read the names here.
 */
export interface FormerStore {
  /** Notes one more; returns how many had that name by now. */
  add(digest: string): Promise<number>;
  list(options: { readonly after?: string; readonly limit: number }): Promise<FormerRecord[]>;
}

/** How many have had a name and are gone. */
export interface FormerRecord {
  readonly digest: string;
  readonly times: number;
}

/** That an account shows its status on the web, and what was shown last. */
export interface StatusRecord {
  /** Opaque, of the URL: whoever has it sees the status and nothing else. */
  readonly id: string;
  readonly account: BareJid;
  readonly guest: boolean;
  readonly status: AccountStatus;
  /** Time of day since when it is so. */
  readonly since: Millis;
}

/** What the world sees of an account whose status is shared. */
export type AccountStatus = 'away' | 'dnd' | 'offline' | 'online';

export interface StatusStore {
  /** Adds; where the account has one already, that is left as it was. @returns what is kept now */
  add(record: StatusRecord): Promise<StatusRecord>;
  /** Notes what is shown now, many in one commit; ids that are not kept are passed over. */
  note(changes: readonly Pick<StatusRecord, 'id' | 'since' | 'status'>[]): Promise<void>;
  /** Removes what an account has; false where it has none. */
  remove(account: BareJid): Promise<boolean>;
  /** What an account has. */
  of(account: BareJid): Promise<StatusRecord | undefined>;
  /** In order of id, after the given one. */
  list(options: { readonly after?: string; readonly limit: number }): Promise<StatusRecord[]>;
}

/** One act of an administrator. */
export interface AuditEntry {
  readonly at: Millis;
  /** Who did it: `key NAME` through the API, `command line` on the machine itself. */
  readonly actor: string;
  /** What was done, such as `users.add`. */
  readonly action: string;
  /** To whom or what: an address. */
  readonly target: string;
  /** More of it; never a secret, and no text that people wrote to each other. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An entry with its place in the log. */
export interface KeptAuditEntry extends AuditEntry {
  readonly id: number;
}

export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  /** The latest first. @param options `before`: only entries with a smaller id */
  list(options: { readonly before?: number; readonly limit: number }): Promise<KeptAuditEntry[]>;
  /**
   * Puts something else in the place of names, as targets and as `details.user`, and of what is said of a target in
   * `details.problem`; returns in how many places.
   */
  forget(names: readonly string[], instead: string): Promise<number>;
  /** Removes entries older than that, the oldest first, at most `limit`; returns how many. */
  sweep(before: Millis, limit: number): Promise<number>;
}
