import {
  assertNever,
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
  resourceOf,
} from '@meerkat-chat/xmpp';
import { MAX_ROOMS } from '../bounds.js';
import type { ChatAuth, Me } from '../chat.js';
import { claimsOf, textOf } from '../claims.js';
import { fitKept, type KeptRoom, type KeptRooms } from './kept.js';
import type { RoomContext } from './room-context.js';
import { RoomOwner } from './room-owner.js';

export interface RoomsOptions {
  readonly auth: ChatAuth;
  /** Where rooms without an address live, if it is known already. */
  readonly roomsHost?: DomainJid | undefined;
  /** The same as a guess. */
  readonly roomsGuess: DomainJid;
}

/** A room that nobody in any page opened is left after that time. */
const UNOPENED_TIME = 30_000;

/** All rooms of a session, found by name and address. */
export class Rooms {
  readonly #context: RoomContext;
  #host: DomainJid | undefined;
  readonly #guess: DomainJid;
  /** The nick of who has no wish. */
  nick: string;
  /** The one that was made up where there is nothing to go by. */
  readonly #number: string | undefined;
  /** Of somebody with a name that the server has not said yet. */
  #madeUp: boolean;
  /** By address; by name while it is not known where rooms live. */
  readonly #all = new Map<string, RoomOwner>();
  #sweep: Off | undefined;
  /** What the page before kept is here. */
  #restored = false;

  constructor(context: Omit<RoomContext, 'nick'>, options: RoomsOptions) {
    const { auth, roomsGuess, roomsHost } = options;
    this.#host = roomsHost;
    this.#guess = roomsGuess;
    const number = 1000 + Math.floor(context.env.random.number() * 9000);
    const known = nickOf(auth);
    this.#madeUp = !known && auth.kind !== 'guest';
    this.#number = known ? undefined : `guest${number}`;
    this.nick = known || `guest${number}`;
    this.#context = { ...context, nick: () => this.nick };
  }

  /**
   * Takes up what the page before kept, where it kept anything. Until then rooms can be opened, and nothing is done to
   * them: what is open gives way to what was kept of it.
   */
  restore(kept?: KeptRooms): void {
    const early = [...this.#all];
    this.#all.clear();
    this.#restored = true;
    this.#host ??= kept?.host;
    if (kept?.nick && this.nick === this.#number) {
      this.nick = kept.nick;
      this.#madeUp = false;
    }
    for (const room of kept?.rooms.slice(0, MAX_ROOMS - early.length) ?? []) this.open(room.ref, room);
    for (const [name, { holders }] of early) {
      const room = this.open(name);
      for (const held of holders) held.attach(room);
    }
    this.released();
  }

  /** How many rooms there are, for tests. */
  get size(): number {
    return this.#all.size;
  }

  /** How many show them, for leak tests. */
  get holders(): number {
    let sum = 0;
    for (const { holders } of this.#all.values()) sum += holders.size;
    return sum;
  }

  /** Where rooms without an address live, as far as is known. */
  get guess(): DomainJid {
    return this.#host ?? this.#guess;
  }

  /**
   * The room of that name or address.
   * @param kept what the page before kept of it
   * @throws RangeError for what is neither, and for one room too many
   */
  open(nameOrJid: string, kept?: KeptRoom): RoomOwner {
    const isAddress = nameOrJid.includes('@');
    const local = isAddress ? undefined : prepareLocal(nameOrJid);
    const guess = isAddress ? parseBareJid(nameOrJid) : bareJid(local ?? '', this.guess);
    if (guess === undefined) throw new RangeError(`"${nameOrJid}" is no name of a room`);
    const jid = isAddress || this.#host ? guess : undefined;
    const key = jid ?? local ?? '';
    const known = this.#all.get(key);
    if (known) return known;
    if (this.#all.size >= MAX_ROOMS) throw new RangeError(`${MAX_ROOMS} rooms are open`);
    const room = new RoomOwner(this.#context, { guess, jid, kept });
    room.ready = this.#restored;
    this.#all.set(key, room);
    return room;
  }

  /** Our address, and with it the host of rooms, has become known. */
  located(me: Me): void {
    if (this.#madeUp) this.nick = localOf(me.account) ?? this.nick;
    this.#madeUp = false;
    this.#host ??= parseDomainJid(`rooms.${domainOf(me.account)}`);
    for (const [name, room] of [...this.#all]) {
      const jid = room.jid === undefined && this.#host && bareJid(name, this.#host);
      if (!jid) continue;
      this.#all.delete(name);
      const known = this.#all.get(jid);
      if (known) unite(room, known);
      else {
        room.locate(jid);
        this.#all.set(jid, room);
      }
    }
  }

  /** Hears a stanza; true when it is of a room. */
  hear(stanza: Element): boolean {
    const from = parseJid(stanza.attrs.from ?? '');
    if (from === undefined) return false;
    const bare = bareOf(from);
    const room = isBare(bare) ? this.#all.get(bare) : undefined;
    room?.hear(stanza, resourceOf(from));
    return room !== undefined || domainOf(from) === this.#host;
  }

  /** A new session was bound: joins again, and goes on with what was sent and never confirmed. */
  fresh(unacknowledged: readonly Element[]): void {
    for (const stanza of unacknowledged) {
      const body = childText(stanza, 'body', NS.client);
      const key = originIdOf(stanza) ?? stanza.attrs.id;
      if (stanza.attrs.type !== 'groupchat' || body === undefined || key === undefined) continue;
      const to = parseBareJid(stanza.attrs.to ?? '');
      if (to !== undefined) this.#all.get(to)?.talk.adopt(key, body);
    }
    for (const room of this.#all.values()) room.fresh();
  }

  /** What tells each room that we leave, for who comes back as somebody else. */
  farewells(): readonly Element[] {
    return [...this.#all.values()].flatMap((room) => room.membership.farewell() ?? []);
  }

  /** We are somebody else from now on, who has another name and has said what the one before said. */
  become(auth: ChatAuth): void {
    const known = nickOf(auth);
    this.#madeUp = !known;
    this.nick = known ?? this.nick;
    for (const room of this.#all.values()) room.become();
  }

  resumed(): void {
    for (const room of this.#all.values()) room.resumed();
  }

  keep(): KeptRooms {
    const rooms = [...this.#all.values()].flatMap((room) => room.keep() ?? []);
    return { version: 1, host: this.#host, nick: this.nick, rooms: fitKept(rooms) };
  }

  leaveAll(): void {
    for (const room of this.#all.values()) room.leave();
  }

  close(): void {
    this.#sweep?.();
    for (const room of this.#all.values()) room.close();
    this.#all.clear();
  }

  /** Nobody may be showing some of them: in a while, those are left. */
  released(): void {
    if (this.#all.size === 0) return;
    this.#sweep ??= this.#context.env.clock.after(UNOPENED_TIME, () => {
      this.#sweep = undefined;
      if (this.#context.online()) this.#leaveUnopened();
      else this.released();
    });
  }

  /** Leaves the rooms that no page shows any more, but for those where something waits to be sent. */
  #leaveUnopened(): void {
    for (const [key, room] of this.#all) {
      if (room.holders.size > 0) continue;
      if (room.membership.wanted) {
        if (room.waiting > 0) {
          this.released();
          continue;
        }
        room.leave();
      }
      room.close();
      this.#all.delete(key);
    }
  }
}

/** A name turned out to be a room that is open by its address: that one goes on for both. */
function unite(room: RoomOwner, known: RoomOwner): void {
  for (const { key, text, delivery } of room.talk.log.rows) {
    if (delivery.state === 'pending') known.write(key, text);
  }
  room.close();
  for (const held of room.holders) held.attach(known);
  if (room.membership.wanted) known.join();
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
