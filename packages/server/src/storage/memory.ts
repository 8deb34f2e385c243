import { type BareJid, localOf, type Millis } from '@meerkat-chat/xmpp';
import { skeleton } from '../kernel/skeleton.js';
import { SpanCounts } from '../kernel/span-counts.js';
import { ArchiveIds } from './archive-ids.js';
import { anchorsOf, cutPage } from './archive-page.js';
import { MemoryAudit } from './memory-audit.js';
import { MemoryEndedSignIns } from './memory-ended-sign-ins.js';
import { MemoryFormer } from './memory-former.js';
import { MemoryStatuses } from './memory-statuses.js';
import { MemoryUsedTokens } from './memory-used-tokens.js';
import type {
  Affiliation,
  ArchiveEntry,
  ArchiveFinding,
  ArchivePage,
  ArchiveQuery,
  ArchiveSearch,
  ArchiveStats,
  ArchiveStore,
  RoomRecord,
  RoomStore,
  StatusStore,
  Storage,
  TokenRecord,
  TokenStore,
  UserKeys,
  UserRecord,
  UserStore,
} from './storage.js';

/** Tokens in memory: a list, newest first. */
class MemoryTokens implements TokenStore {
  #tokens: readonly TokenRecord[] = [];

  async find(account: BareJid, clientId: string, now: Millis): Promise<TokenRecord[]> {
    return this.#of(account, clientId).filter((token) => token.expiresAt > now);
  }

  async add(record: TokenRecord): Promise<void> {
    const [, ...dropped] = this.#of(record.account, record.clientId);
    this.#tokens = [record, ...this.#tokens.filter((token) => !dropped.includes(token))];
  }

  async use(serial: string, count: number | undefined): Promise<boolean> {
    const used = this.#tokens.find((token) => token.serial === serial);
    if (!used || (count === undefined ? used.count > 0 : count <= used.count)) return false;
    const mine = this.#of(used.account, used.clientId);
    const older = mine.slice(mine.indexOf(used) + 1);
    this.#tokens = this.#tokens
      .filter((token) => !older.includes(token))
      .map((token) => (token === used ? { ...used, count: count ?? used.count } : token));
    return true;
  }

  async drop(account: BareJid, clientId?: string): Promise<void> {
    const dropped = this.#of(account, clientId);
    this.#tokens = this.#tokens.filter((token) => !dropped.includes(token));
  }

  async of(account: BareJid, limit: number): Promise<TokenRecord[]> {
    return this.#of(account).slice(0, limit);
  }

  async sweep(now: Millis, limit: number): Promise<number> {
    const expired = this.#tokens.filter((token) => token.expiresAt <= now).slice(0, limit);
    this.#tokens = this.#tokens.filter((token) => !expired.includes(token));
    return expired.length;
  }

  #of(account: BareJid, clientId?: string): TokenRecord[] {
    return this.#tokens.filter(
      (token) => token.account === account && (clientId === undefined || token.clientId === clientId),
    );
  }
}

/** Accounts in memory. */
class MemoryUsers implements UserStore {
  readonly #users = new Map<BareJid, UserRecord>();
  readonly #tokens: TokenStore;
  readonly #statuses: StatusStore;
  readonly #rooms: MemoryRooms;

  /** What an account has is dropped with it. */
  constructor(tokens: TokenStore, statuses: StatusStore, rooms: MemoryRooms) {
    this.#tokens = tokens;
    this.#statuses = statuses;
    this.#rooms = rooms;
  }

  async get(account: BareJid): Promise<UserRecord | undefined> {
    return this.#users.get(account);
  }

  async looksTaken(name: string): Promise<boolean> {
    const look = skeleton(name);
    return [...this.#users.keys()].some((account) => skeleton(localOf(account)) === look);
  }

  async add(record: UserRecord): Promise<boolean> {
    if (this.#users.has(record.account)) return false;
    this.#users.set(record.account, record);
    return true;
  }

  async setKeys(account: BareJid, keys: UserKeys, at: Millis, keep?: string): Promise<boolean> {
    const user = this.#users.get(account);
    if (!user) return false;
    this.#users.set(account, { ...user, keys, changedAt: at });
    for (const { clientId } of await this.#tokens.of(account, Number.POSITIVE_INFINITY)) {
      if (clientId !== keep) await this.#tokens.drop(account, clientId);
    }
    return true;
  }

  async renewKeys(account: BareJid, before: UserKeys, keys: UserKeys): Promise<boolean> {
    const user = this.#users.get(account);
    if (!user?.keys?.['SHA-256'].storedKey.equals(before['SHA-256'].storedKey)) return false;
    this.#users.set(account, { ...user, keys });
    return true;
  }

  async suspend(account: BareJid, at: Millis | undefined): Promise<boolean> {
    const user = this.#users.get(account);
    if (!user) return false;
    const { suspendedAt: _, ...rest } = user;
    this.#users.set(account, at === undefined ? rest : { ...rest, suspendedAt: at });
    if (at !== undefined) await this.#tokens.drop(account);
    return true;
  }

  async suspended({
    after,
    limit,
  }: {
    readonly after?: BareJid;
    readonly limit: number;
  }): Promise<BareJid[]> {
    return [...this.#users.values()]
      .filter(({ account, suspendedAt }) => suspendedAt !== undefined && account > (after ?? ''))
      .map(({ account }) => account)
      .sort()
      .slice(0, limit);
  }

  async delete(account: BareJid): Promise<boolean> {
    await this.#tokens.drop(account);
    await this.#statuses.remove(account);
    this.#rooms.forgetUser(account);
    return this.#users.delete(account);
  }

  async list(options: { readonly after?: BareJid; readonly limit: number }): Promise<UserRecord[]> {
    const { after, limit } = options;
    return [...this.#users.values()]
      .filter(({ account }) => after === undefined || account > after)
      .sort((a, b) => (a.account < b.account ? -1 : 1))
      .slice(0, limit);
  }
}

interface KeptRoom {
  readonly record: RoomRecord;
  readonly affiliations: Map<BareJid, Affiliation>;
}

/** Rooms in memory. */
class MemoryRooms implements RoomStore {
  readonly #rooms = new Map<BareJid, KeptRoom>();
  readonly #forgetArchive: (room: BareJid) => void;

  /** @param forgetArchive drops the archive of a room that is deleted */
  constructor(forgetArchive: (room: BareJid) => void) {
    this.#forgetArchive = forgetArchive;
  }

  async get(jid: BareJid): Promise<KeptRoom | undefined> {
    const room = this.#rooms.get(jid);
    return room && { record: room.record, affiliations: new Map(room.affiliations) };
  }

  async put(record: RoomRecord): Promise<void> {
    // A copy, as a database would keep it: the caller's object may change.
    const kept = { ...record, config: structuredClone(record.config) };
    this.#rooms.set(record.jid, {
      record: kept,
      affiliations: this.#rooms.get(record.jid)?.affiliations ?? new Map(),
    });
  }

  async setAffiliation(room: BareJid, user: BareJid, affiliation: Affiliation): Promise<void> {
    const affiliations = this.#rooms.get(room)?.affiliations;
    if (!affiliations) throw new Error(`there is no room ${room}`);
    if (affiliation === 'none') affiliations.delete(user);
    else affiliations.set(user, affiliation);
  }

  async delete(jid: BareJid): Promise<boolean> {
    this.#forgetArchive(jid);
    return this.#rooms.delete(jid);
  }

  async list(options: { readonly after?: BareJid; readonly limit: number }): Promise<RoomRecord[]> {
    const { after, limit } = options;
    return [...this.#rooms.values()]
      .map(({ record }) => record)
      .filter(({ jid }) => after === undefined || jid > after)
      .sort((a, b) => (a.jid < b.jid ? -1 : 1))
      .slice(0, limit);
  }

  async affiliationsOf(
    user: BareJid,
    { after, limit }: { readonly after?: BareJid; readonly limit: number },
  ): Promise<{ readonly room: BareJid; readonly affiliation: Affiliation }[]> {
    return [...this.#rooms.entries()]
      .flatMap(([room, { affiliations }]) => {
        const affiliation = affiliations.get(user);
        return affiliation !== undefined && room > (after ?? '') ? [{ room, affiliation }] : [];
      })
      .sort((a, b) => (a.room < b.room ? -1 : 1))
      .slice(0, limit);
  }

  /** Takes somebody off the lists of every room. */
  forgetUser(user: BareJid): void {
    for (const { affiliations } of this.#rooms.values()) affiliations.delete(user);
  }
}

/** Archives in memory: an entry is committed at once. */
class MemoryArchive implements ArchiveStore {
  readonly full = false;
  readonly #ids = new ArchiveIds();
  readonly #archives = new Map<BareJid, Map<string, ArchiveEntry>>();

  stats(): ArchiveStats {
    return { waitingBytes: 0, commits: new SpanCounts([]) };
  }

  nextId(now: Millis): string {
    return this.#ids.next(now);
  }

  async append(entry: ArchiveEntry): Promise<void> {
    const entries = this.#archives.get(entry.archive);
    if (!entries) this.#archives.set(entry.archive, new Map([[entry.id, entry]]));
    else if (entries.has(entry.id)) throw new Error(`the archive has an entry ${entry.id} already`);
    else entries.set(entry.id, entry);
  }

  async query(query: ArchiveQuery): Promise<ArchivePage> {
    const entries = this.#archives.get(query.archive) ?? new Map<string, ArchiveEntry>();
    if (anchorsOf(query).some((id) => !entries.has(id))) return { found: false };
    return cutPage(entries.values(), query);
  }

  async purge(archive: BareJid, before: Millis, limit: number): Promise<number> {
    const entries = this.#archives.get(archive) ?? new Map<string, ArchiveEntry>();
    const old = [...entries.values()].filter((entry) => entry.at < before).slice(0, limit);
    for (const { id } of old) entries.delete(id);
    return old.length;
  }

  async next(after: BareJid | undefined): Promise<BareJid | undefined> {
    return [...this.#archives]
      .filter(([archive, entries]) => entries.size > 0 && archive > (after ?? ''))
      .map(([archive]) => archive)
      .sort()[0];
  }

  async find({ archive, after, words, slice }: ArchiveSearch): Promise<ArchiveFinding> {
    const looked = [...(this.#archives.get(archive)?.values() ?? [])]
      .filter(({ id }) => id > (after ?? ''))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, slice);
    const entries = looked.filter(({ xml }) => words.some((word) => xml.includes(word)));
    return { entries, last: looked.length < slice ? undefined : looked.at(-1)?.id };
  }

  async rewrite(entries: readonly ArchiveEntry[]): Promise<number> {
    let written = 0;
    for (const { archive, id, sender, xml } of entries) {
      const kept = this.#archives.get(archive)?.get(id);
      if (!kept) continue;
      this.#archives.get(archive)?.set(id, { ...kept, sender, xml });
      written++;
    }
    return written;
  }

  async forget(archive: BareJid): Promise<number> {
    const forgotten = this.#archives.get(archive)?.size ?? 0;
    this.#archives.delete(archive);
    return forgotten;
  }
}

/** A storage that keeps everything in memory, for tests: every promise of it is settled when it is returned. */
export function memoryStorage(): Storage {
  const tokens = new MemoryTokens();
  const archive = new MemoryArchive();
  const statuses = new MemoryStatuses();
  const rooms = new MemoryRooms((room) => void archive.forget(room));
  return {
    users: new MemoryUsers(tokens, statuses, rooms),
    tokens,
    rooms,
    archive,
    statuses,
    audit: new MemoryAudit(),
    usedTokens: new MemoryUsedTokens(),
    endedSignIns: new MemoryEndedSignIns(),
    former: new MemoryFormer(),
    async check() {},
    async scrub() {},
    async close() {},
  };
}
