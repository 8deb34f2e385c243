import {
  assertNever,
  type BareJid,
  bareJid,
  bareOf,
  childText,
  type DomainJid,
  domainOf,
  type Element,
  isBare,
  localOf,
  NS,
  type Off,
  originIdOf,
  parseBareJid,
  parseDomainJid,
  parseJid,
  prepareLocal,
} from '@meerkat-chat/xmpp';
import { MAX_ROOMS } from '../bounds.js';
import type { ChatAuth, Me } from '../chat.js';
import { claimsOf, textOf } from '../claims.js';
import type { ReplyResult, RoomChange, RoomCommand, RoomRef, RoomSnapshot } from '../port/protocol.js';
import { fitKept, type KeptRoom, type KeptRooms } from './kept.js';
import { runRoomCommand } from './room-commands.js';
import type { RoomContext } from './room-context.js';
import { RoomOwner, type RoomStart } from './room-owner.js';

/** Who listens to rooms: one store side. Told apart by identity. */
export interface RoomListener {
  snapshot(room: RoomRef, snapshot: RoomSnapshot): void;
  changes(room: RoomRef, changes: readonly RoomChange[]): void;
}

export interface RoomsOptions {
  readonly auth: ChatAuth;
  /** Where rooms without an address live, if it is known already. */
  readonly host: DomainJid | undefined;
  /** Messages of each room. */
  readonly limit: number;
  /** What the page before kept. */
  readonly kept: KeptRooms | undefined;
}

/** A room that nobody in any page opened is left after that time. */
const UNOPENED_TIME = 30_000;

const FULL: RoomSnapshot = {
  jid: undefined,
  name: '',
  status: { state: 'refused', reason: 'unknown', text: 'Too many rooms are open.' },
  messages: [],
  occupants: new Map(),
  occupantCount: 0,
  subject: '',
  self: undefined,
  older: 'none',
  typing: [],
};

/** All rooms of a session: finds them by name and address, and tells their changes to who opened them. */
export class Rooms {
  readonly #context: RoomContext;
  readonly #limit: number;
  #host: DomainJid | undefined;
  /** The nick of who has no wish. */
  nick: string;
  readonly #byRef = new Map<RoomRef, RoomOwner>();
  readonly #byJid = new Map<BareJid, RoomOwner>();
  readonly #openers = new Map<RoomRef, Set<RoomListener>>();
  /** Who has joined, of several store sides. */
  readonly #joined = new Map<RoomOwner, Set<RoomListener>>();
  #sweep: Off | undefined;

  constructor(context: Omit<RoomContext, 'limit' | 'nick'>, options: RoomsOptions) {
    const { auth, kept } = options;
    this.#limit = options.limit;
    this.#host = options.host ?? kept?.host;
    const number = 1000 + Math.floor(context.env.random.number() * 9000);
    this.nick = nickOf(auth) || kept?.nick || `guest${number}`;
    this.#context = { ...context, limit: options.limit, nick: () => this.nick };
    for (const room of kept?.rooms ?? []) this.#restore(room);
    if (this.#byRef.size > 0) this.#sweepLater();
  }

  /** How many rooms there are, for tests. */
  get size(): number {
    return new Set(this.#byRef.values()).size;
  }

  /** How many listen, for leak tests. */
  get listeners(): number {
    let sum = 0;
    for (const set of this.#openers.values()) sum += set.size;
    return sum;
  }

  /** Our address, and with it the host of rooms, has become known. */
  located(me: Me): void {
    if (this.#host !== undefined) return;
    this.#host = parseDomainJid(`rooms.${domainOf(me.account)}`);
    for (const [ref, room] of [...this.#byRef]) {
      const jid = this.#resolve(ref);
      if (room.jid !== undefined || jid === undefined) continue;
      const known = this.#byJid.get(jid);
      if (known) this.#unite(ref, room, known);
      else {
        room.locate(jid);
        this.#byJid.set(jid, room);
      }
    }
  }

  /** Does what a store asks. A promise for what is answered. */
  command(ref: RoomRef, command: RoomCommand, from: RoomListener): Promise<ReplyResult> | undefined {
    if (command.kind === 'open') {
      this.#open(ref, from);
      return undefined;
    }
    const room = this.#byRef.get(ref);
    if (!room) return undefined;
    const joined = this.#joined.get(room) ?? new Set();
    if (command.kind === 'join') this.#joined.set(room, joined.add(from));
    if (command.kind === 'leave') {
      joined.delete(from);
      // The last one turns off the light.
      if (joined.size > 0) return undefined;
    }
    return runRoomCommand(room, command);
  }

  /** A store side went away. */
  release(listener: RoomListener): void {
    for (const set of [...this.#openers.values(), ...this.#joined.values()]) set.delete(listener);
    this.#sweepLater();
  }

  /** Hears a stanza; true when it is of a room. */
  hear(stanza: Element): boolean {
    const from = parseJid(stanza.attrs.from ?? '');
    if (from === undefined) return false;
    const bare = bareOf(from);
    const room = isBare(bare) ? this.#byJid.get(bare) : undefined;
    room?.hear(stanza);
    return room !== undefined || domainOf(from) === this.#host;
  }

  /** A new session was bound: joins again, and goes on with what was sent and never confirmed. */
  fresh(unacknowledged: readonly Element[]): void {
    for (const stanza of unacknowledged) {
      const body = childText(stanza, 'body', NS.client);
      const key = originIdOf(stanza) ?? stanza.attrs.id;
      if (stanza.attrs.type !== 'groupchat' || body === undefined || key === undefined) continue;
      const to = parseBareJid(stanza.attrs.to ?? '');
      if (to !== undefined) this.#byJid.get(to)?.talk.adopt(key, body);
    }
    for (const room of new Set(this.#byRef.values())) room.fresh();
  }

  resumed(): void {
    for (const room of new Set(this.#byRef.values())) room.resumed();
  }

  keep(): KeptRooms {
    const rooms = [...new Set(this.#byRef.values())].flatMap((room) => room.keep() ?? []);
    return { version: 1, host: this.#host, nick: this.nick, rooms: fitKept(rooms) };
  }

  leaveAll(): void {
    for (const room of new Set(this.#byRef.values())) room.leave();
  }

  close(): void {
    this.#sweep?.();
    for (const room of new Set(this.#byRef.values())) room.close();
    this.#byRef.clear();
    this.#byJid.clear();
    this.#openers.clear();
    this.#joined.clear();
  }

  #resolve(ref: RoomRef): BareJid | undefined {
    if (ref.includes('@')) return parseBareJid(ref);
    return this.#host && bareJid(ref, this.#host);
  }

  #restore(kept: KeptRoom): void {
    const jid = this.#resolve(kept.ref);
    this.#add(jid ?? kept.ref, { name: jid === undefined ? kept.ref : localOf(jid), jid, kept });
  }

  #add(ref: RoomRef, start: RoomStart): RoomOwner {
    const room: RoomOwner = new RoomOwner(this.#context, start, (changes) => {
      for (const [other, owner] of this.#byRef) {
        if (owner !== room) continue;
        for (const listener of this.#openers.get(other) ?? []) listener.changes(other, changes);
      }
    });
    this.#byRef.set(ref, room);
    if (start.jid !== undefined) this.#byJid.set(start.jid, room);
    return room;
  }

  #open(ref: RoomRef, listener: RoomListener): void {
    const jid = this.#resolve(ref);
    if (jid === undefined && (ref.includes('@') || prepareLocal(ref) !== ref)) return;
    const known = this.#byRef.get(ref) ?? (jid && this.#byJid.get(jid));
    if (!known && this.size >= MAX_ROOMS) {
      listener.snapshot(ref, FULL);
      return;
    }
    const name = jid === undefined ? ref : localOf(jid);
    const room = known ?? this.#add(ref, { name, jid });
    this.#byRef.set(ref, room);
    const openers = this.#openers.get(ref) ?? new Set();
    // The snapshot first: taking it tells the others what they do not know yet.
    listener.snapshot(ref, room.snapshot());
    this.#openers.set(ref, openers.add(listener));
  }

  /** A name turned out to be a room that is open by its address: one of the two goes on for both. */
  #unite(ref: RoomRef, room: RoomOwner, known: RoomOwner): void {
    for (const { key, text, delivery } of room.talk.rows) {
      if (delivery.state === 'pending') known.talk.write(key, text);
    }
    const wish = room.membership.status.state === 'joining';
    const joined = [...(this.#joined.get(room) ?? []), ...(this.#joined.get(known) ?? [])];
    this.#joined.delete(room);
    this.#joined.set(known, new Set(joined));
    room.close();
    this.#byRef.set(ref, known);
    if (wish) known.membership.join();
    for (const listener of this.#openers.get(ref) ?? []) listener.snapshot(ref, known.snapshot());
  }

  #sweepLater(): void {
    this.#sweep ??= this.#context.env.clock.after(UNOPENED_TIME, () => {
      this.#sweep = undefined;
      if (this.#context.online()) this.#leaveUnopened();
      else this.#sweepLater();
    });
  }

  /** Leaves the rooms that no page shows any more, but for those where something waits to be sent. */
  #leaveUnopened(): void {
    for (const room of new Set(this.#byRef.values())) {
      const refs = [...this.#byRef].flatMap(([ref, owner]) => (owner === room ? [ref] : []));
      if (refs.some((ref) => (this.#openers.get(ref)?.size ?? 0) > 0)) continue;
      if (room.talk.waiting && room.membership.wanted) {
        this.#sweepLater();
        continue;
      }
      if (room.membership.wanted) room.leave();
      room.close();
      for (const ref of refs) {
        this.#byRef.delete(ref);
        this.#openers.delete(ref);
      }
      this.#joined.delete(room);
      if (room.jid !== undefined) this.#byJid.delete(room.jid);
    }
  }
}

/** The nick that goes with who signs in; undefined where it is not known here. */
function nickOf(auth: ChatAuth): string | undefined {
  switch (auth.kind) {
    case 'guest':
      return auth.nick;
    case 'password':
      return auth.username;
    case 'token': {
      const { name, sub } = claimsOf(auth.token);
      return textOf(name) ?? textOf(sub);
    }
    case 'cookie':
      return undefined;
    default:
      return assertNever(auth);
  }
}
