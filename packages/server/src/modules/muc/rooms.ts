import type { BareJid, FullJid } from '@meerkat-chat/xmpp';
import { localOf } from '@meerkat-chat/xmpp';
import { type RoomRight, rightIn } from '../../kernel/grant.js';
import type { Settled } from '../../kernel/hooks.js';
import type { ModuleContext, RoomRecord } from '../../kernel/module.js';
import { defaultConfig, readConfig } from './config.js';
import { RoomHistory } from './history.js';
import { Room } from './room.js';
import type { MucSettings } from './settings.js';

/** A room as the storage tells of it, or as memory does. */
export interface RoomSummary {
  readonly jid: BareJid;
  readonly name: string;
  readonly isPublic: boolean;
}

/** Rights, the most first; a session whose credential says nothing of rooms has what anybody has. */
const RIGHTS: readonly (RoomRight | 'none' | undefined)[] = ['moderate', 'write', undefined, 'read', 'none'];

interface Reading {
  /** Tasks that have not had their turn. */
  waiting: number;
  readonly done: Promise<void>;
}

/** The rooms that are in memory, how they get there, and how they leave. */
export class Rooms {
  readonly #module: ModuleContext<MucSettings>;
  readonly #admins: ReadonlySet<BareJid>;
  readonly #rooms = new Map<BareJid, Room>();
  readonly #reading = new Map<BareJid, Reading>();
  /** The last write of each room that is being written. */
  readonly #writing = new Map<BareJid, Promise<void>>();
  readonly #joined = new Map<FullJid, Set<Room>>();

  constructor(module: ModuleContext<MucSettings>) {
    this.#module = module;
    this.#admins = new Set(module.settings.admins);
  }

  /** Rooms in memory, and on their way there. */
  get size(): number {
    let size = this.#rooms.size;
    for (const jid of this.#reading.keys()) if (!this.#rooms.has(jid)) size++;
    return size;
  }

  /** Occupants of all rooms together. */
  get occupants(): number {
    let occupants = 0;
    for (const room of this.#rooms.values()) occupants += room.size;
    return occupants;
  }

  /** Sessions that are in a room. */
  get sessions(): number {
    return this.#joined.size;
  }

  get(jid: BareJid): Room | undefined {
    return this.#rooms.get(jid);
  }

  isAdmin(account: BareJid): boolean {
    return this.#admins.has(account);
  }

  /**
   * Does something with a room, at once if it is in memory; after those before it if it is being read.
   * @param open whether to read the room where it is not in memory: a room comes of it in any case, which is not
   *   `established` unless the storage has it
   * @param broken runs in place of the task when the storage has failed
   * @returns `full` when memory has no place for another room, or too many wait for this one
   */
  with(
    jid: BareJid,
    open: boolean,
    task: (room: Room | undefined) => Settled,
    broken: () => void,
  ): Settled | 'full' {
    const reading = this.#reading.get(jid);
    if (reading) {
      if (reading.waiting >= this.#module.settings.loadQueue) return 'full';
      reading.waiting++;
      return reading.done.then(() => this.#finish(jid, reading, task), broken);
    }
    const room = this.#rooms.get(jid);
    if (room) return task(room);
    if (!open) return task(undefined);
    if (this.size >= this.#module.settings.rooms) return 'full';
    const begun = this.#read(jid);
    return begun.done.then(() => this.#finish(jid, begun, task), broken);
  }

  /** A room in memory, or as it is kept; for those who only ask about it. Undefined where there is none. */
  async look(jid: BareJid): Promise<Room | undefined> {
    const room = this.#rooms.get(jid);
    if (room) return room.established ? room : undefined;
    const kept = await this.#load(jid, 0);
    return kept.established ? kept : undefined;
  }

  /** Every room in memory, when those that are being read now are there. */
  async inMemory(): Promise<readonly Room[]> {
    await Promise.allSettled([...this.#reading.values()].map(({ done }) => done));
    return [...this.#rooms.values()];
  }

  /** Public and other rooms in order of address, in memory or kept. @param options `after`: only those behind that one */
  async list({
    after,
    limit,
  }: {
    readonly after?: BareJid | undefined;
    readonly limit: number;
  }): Promise<RoomSummary[]> {
    const kept = await this.#module.storage.rooms.list({ limit, ...(after === undefined ? {} : { after }) });
    const found = new Map<BareJid, RoomSummary>();
    for (const { jid, config: said } of kept) {
      const config = readConfig(said, defaultConfig(localOf(jid), true, this.#module.settings.archive));
      found.set(jid, { jid, name: config.name, isPublic: config.isPublic });
    }
    for (const { jid, config, established } of this.#rooms.values()) {
      if (after !== undefined && jid <= after) continue;
      if (established) found.set(jid, { jid, name: config.name, isPublic: config.isPublic });
    }
    return [...found.values()].sort((one, other) => (one.jid < other.jid ? -1 : 1)).slice(0, limit);
  }

  /** Notes that a session is in a room. */
  entered(session: FullJid, room: Room): void {
    const rooms = this.#joined.get(session);
    if (rooms) rooms.add(room);
    else this.#joined.set(session, new Set([room]));
  }

  /** Notes that a session has left a room, which is let go of when nobody is in it. */
  left(session: FullJid, room: Room): void {
    const rooms = this.#joined.get(session);
    rooms?.delete(room);
    if (rooms?.size === 0) this.#joined.delete(session);
    this.release(room);
  }

  /** The rooms that a session is in. */
  of(session: FullJid): readonly Room[] {
    return [...(this.#joined.get(session) ?? [])];
  }

  /** How many rooms an account is in, with all its sessions. */
  countOf(account: BareJid): number {
    const rooms = new Set<Room>();
    for (const { jid } of this.#module.sessions.of(account)) {
      for (const room of this.#joined.get(jid) ?? []) rooms.add(room);
    }
    return rooms.size;
  }

  /** Writes a room, with every affiliation when it was not kept before. Writes of one room are in order. */
  save(room: Room): Promise<void> {
    const { storage } = this.#module;
    return this.#write(room, async () => {
      if (room.gone) return;
      const first = !room.stored;
      await storage.rooms.put(recordOf(room));
      if (!first) return;
      // From here on a changed affiliation is written by itself, after those that stand here now.
      room.stored = true;
      for (const [user, affiliation] of [...room.affiliations]) {
        await storage.rooms.setAffiliation(room.jid, user, affiliation);
      }
    });
  }

  /** Writes one affiliation. A room that was not kept before is from now on: a ban must outlive the occupants. */
  saveAffiliation(room: Room, user: BareJid): Promise<void> {
    if (!room.stored) {
      room.config = { ...room.config, persistent: true };
      return this.save(room);
    }
    const { storage } = this.#module;
    return this.#write(room, async () => {
      if (room.gone) return;
      await storage.rooms.setAffiliation(room.jid, user, room.affiliations.get(user) ?? 'none');
    });
  }

  /** Removes a room for good, and its archive. */
  remove(room: Room): Promise<void> {
    room.gone = true;
    // Whoever joins from now on makes a new room, once this one has left the storage: see #load.
    if (this.#rooms.get(room.jid) === room) this.#rooms.delete(room.jid);
    return this.#write(room, async () => void (await this.#module.storage.rooms.delete(room.jid)));
  }

  /** Lets go of a room that nobody is in. One that is not persistent leaves the storage too. */
  release(room: Room): void {
    const { jid } = room;
    if (room.size > 0 || this.#writing.has(jid) || this.#reading.has(jid)) return;
    if (this.#rooms.get(jid) !== room) return;
    if (room.stored && !room.config.persistent && !room.gone) {
      // A failure is in the log.
      this.remove(room).catch(() => {});
      return;
    }
    this.#rooms.delete(jid);
  }

  #finish(jid: BareJid, reading: Reading, task: (room: Room | undefined) => Settled): Settled {
    try {
      return task(this.#rooms.get(jid));
    } finally {
      // Only now may the room go: those who wait would find nothing where the first was refused.
      if (--reading.waiting === 0) {
        this.#reading.delete(jid);
        const room = this.#rooms.get(jid);
        if (room) this.release(room);
      }
    }
  }

  #read(jid: BareJid): Reading {
    const done = this.#load(jid, this.#module.settings.historyKept).then(
      (room) => void this.#rooms.set(jid, room),
      (err: unknown) => {
        this.#module.log.error({ room: jid, err }, 'a room could not be read');
        this.#reading.delete(jid);
        throw err;
      },
    );
    const reading = { waiting: 1, done };
    this.#reading.set(jid, reading);
    return reading;
  }

  async #load(jid: BareJid, lines: number): Promise<Room> {
    const { storage, settings, clock } = this.#module;
    await this.#writing.get(jid)?.catch(() => {});
    const kept = await storage.rooms.get(jid);
    const history = new RoomHistory(jid, {
      lines: settings.historyKept,
      chars: settings.historyChars,
    });
    if (lines > 0) {
      const page = await storage.archive.query({ archive: jid, before: '', max: lines });
      if (page.found) for (const { at, xml } of page.entries) history.add(at, xml);
    }
    const defaults = defaultConfig(localOf(jid), kept !== undefined, settings.archive);
    return new Room({
      jid,
      config: kept ? readConfig(kept.record.config, defaults) : defaults,
      subject: kept?.record.subject,
      affiliations: kept?.affiliations ?? new Map(),
      createdAt: kept?.record.createdAt ?? clock.now(),
      stored: kept !== undefined,
      admins: this.#admins,
      granted: (account) => this.#granted(account, localOf(jid)),
      history,
      sessions: this.#module.outlet.group(),
    });
  }

  /** The most that any session of an account brings along. */
  #granted(account: BareJid, room: string): RoomRight | 'none' | undefined {
    const granted = this.#module.sessions.of(account).map(({ identity }) => rightIn(identity.grant, room));
    return RIGHTS.find((right) => granted.includes(right));
  }

  #write(room: Room, write: () => Promise<void>): Promise<void> {
    const { jid } = room;
    const before = this.#writing.get(jid) ?? Promise.resolve();
    const done = before.catch(() => {}).then(write);
    this.#writing.set(jid, done);
    const finished = () => {
      if (this.#writing.get(jid) !== done) return;
      this.#writing.delete(jid);
      this.release(room);
    };
    done.then(finished, (err: unknown) => {
      this.#module.log.error({ room: jid, err }, 'a room could not be written');
      finished();
    });
    return done;
  }
}

function recordOf(room: Room): RoomRecord {
  const config: Record<keyof typeof room.config, unknown> = { ...room.config };
  return { jid: room.jid, config, subject: room.subject, createdAt: room.createdAt };
}
