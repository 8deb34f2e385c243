import {
  assertNever,
  type BareJid,
  bareJid,
  type DomainJid,
  domainOf,
  type Env,
  localOf,
  type Off,
  parseBareJid,
  parseDomainJid,
  prepareLocal,
  randomId,
} from '@meerkat-chat/xmpp';
import { MAX_ROOMS, MAX_TEXT } from '../bounds.js';
import type { Chat, ChatEvents, ChatStatus, Conversation, Me, Room } from '../chat.js';
import type { Command, ReplyId, ReplyResult, RoomRef, StorePort, Update } from '../port/protocol.js';
import { Writable } from '../readable.js';
import { RequestError } from '../session/xmpp-session.js';
import { Emitter } from './emitter.js';
import { RoomStore } from './room-store.js';

export interface ChatStoreOptions {
  readonly env: Env;
  /** Where rooms without an address live, where that is certain. */
  readonly roomsHost: DomainJid | undefined;
  /** The same as a guess, until the server says better. */
  readonly roomsGuess: DomainJid;
  /** Called once, at the end of `close`. */
  readonly onClose: () => void;
}

interface Waiting {
  readonly resolve: (value: string | undefined) => void;
  readonly reject: (cause: Error) => void;
}

/** Questions without an answer, at most. */
const MAX_WAITING = 200;

/** A chat made of nothing but what the owner tells over a port. */
export class ChatStore implements Chat {
  readonly status = new Writable<ChatStatus>({ state: 'idle' });
  readonly me = new Writable<Me | undefined>(undefined);
  readonly #port: StorePort;
  readonly #options: ChatStoreOptions;
  readonly #events = new Emitter<ChatEvents>();
  readonly #rooms = new Map<RoomRef, RoomStore>();
  readonly #waiting = new Map<ReplyId, Waiting>();
  readonly #off: Off;
  #roomsHost: DomainJid | undefined;
  #lastReply = 0;
  #closed = false;

  constructor(port: StorePort, options: ChatStoreOptions) {
    this.#port = port;
    this.#options = options;
    this.#roomsHost = options.roomsHost;
    this.#off = port.onMessage((update) => this.#hear(update));
  }

  start(): void {
    this.#port.post({ type: 'start' });
  }

  retry(): void {
    this.#port.post({ type: 'retry' });
  }

  async signOut(): Promise<void> {
    await this.#ask((reply) => ({ type: 'sign-out', reply }));
  }

  shareStatus(on?: boolean): Promise<string | undefined> {
    return this.#ask((reply) => ({ type: 'share-status', on, reply }));
  }

  room(nameOrJid: string): Room {
    const ref = this.#refOf(nameOrJid);
    const known = this.#rooms.get(ref) ?? this.#roomAt(ref);
    if (known) return known;
    const guess = ref.includes('@') ? parseBareJid(ref) : bareJid(ref, this.#options.roomsGuess);
    if (guess === undefined) throw new RangeError(`"${nameOrJid}" is no name of a room`);
    return this.#openRoom(ref, guess);
  }

  conversation(nameOrJid: string): Conversation {
    const { roomsGuess } = this.#options;
    const domain = this.me.value ? domainOf(this.me.value.account) : roomsGuess.replace(/^rooms\./, '');
    const jid = parseBareJid(nameOrJid.includes('@') ? nameOrJid : `${nameOrJid}@${domain}`);
    if (jid === undefined) throw new RangeError(`"${nameOrJid}" is no name of a person`);
    const ref = `:${nameOrJid.includes('@') ? jid : localOf(jid)}`;
    return this.#rooms.get(ref) ?? this.#openRoom(ref, jid);
  }

  send(to: BareJid, text: string): string {
    if (text === '') throw new RangeError('a message needs text');
    if (text.length > MAX_TEXT) throw new RangeError(`a message has at most ${MAX_TEXT} characters`);
    const key = randomId(this.#options.env.random);
    this.#port.post({ type: 'direct', to, key, text });
    return key;
  }

  on<Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void): Off {
    return this.#closed ? () => {} : this.#events.on(name, listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.post({ type: 'close' });
    this.#off();
    this.#events.clear();
    for (const { reject } of this.#waiting.values()) reject(new Error('the chat was closed'));
    this.#waiting.clear();
    this.#options.onClose();
  }

  /** A room's address where that is certain, else what was given, prepared. */
  #refOf(nameOrJid: string): RoomRef {
    const jid = nameOrJid.includes('@') ? parseBareJid(nameOrJid) : undefined;
    const local = jid === undefined ? prepareLocal(nameOrJid) : undefined;
    const ref = jid ?? (local && this.#roomsHost ? bareJid(local, this.#roomsHost) : local);
    if (ref === undefined) throw new RangeError(`"${nameOrJid}" is no name of a room`);
    return ref;
  }

  #openRoom(ref: RoomRef, guess: BareJid): RoomStore {
    if (this.#rooms.size >= MAX_ROOMS) throw new RangeError(`${MAX_ROOMS} rooms are open`);
    const room: RoomStore = new RoomStore(guess, {
      random: this.#options.env.random,
      post: (command) => this.#port.post({ type: 'room', room: ref, command }),
      ask: async (make) => {
        await this.#ask((reply) => ({ type: 'room', room: ref, command: make(reply) }));
      },
      onNews: (message) => this.#events.emit('room-message', { room: room.jid, message }),
      onNotice: (notice) => this.#events.emit('room-notice', { room: room.jid, notice }),
      onStatus: (status) => this.#events.emit('room-status', { room: room.jid, status }),
    });
    this.#rooms.set(ref, room);
    this.#port.post({ type: 'room', room: ref, command: { kind: 'open' } });
    return room;
  }

  /** A room that was opened by its name, before the host was known. */
  #roomAt(ref: RoomRef): RoomStore | undefined {
    const jid = parseBareJid(ref);
    if (jid === undefined || domainOf(jid) !== this.#roomsHost) return undefined;
    return this.#rooms.get(localOf(jid));
  }

  #ask(make: (reply: ReplyId) => Command): Promise<string | undefined> {
    if (this.#closed) return Promise.reject(new Error('the chat was closed'));
    if (this.#waiting.size >= MAX_WAITING) return Promise.reject(new Error('too many requests are waiting'));
    const reply = ++this.#lastReply;
    return new Promise((resolve, reject) => {
      this.#waiting.set(reply, { resolve, reject });
      this.#port.post(make(reply));
    });
  }

  #hear(update: Update): void {
    switch (update.type) {
      case 'status':
        this.#hearStatus(update.status);
        break;
      case 'me':
        this.me.set(update.me);
        if (update.me) this.#roomsHost ??= parseDomainJid(`rooms.${domainOf(update.me.account)}`);
        break;
      case 'room.snapshot':
        this.#rooms.get(update.room)?.take(update.snapshot);
        break;
      case 'room':
        this.#rooms.get(update.room)?.apply(update.changes);
        break;
      case 'direct-message':
        this.#events.emit('direct-message', { message: update.message });
        break;
      case 'presence':
        this.#events.emit('presence', update.presence);
        break;
      case 'reply':
        this.#hearReply(update.reply, update.result);
        break;
      default:
        assertNever(update);
    }
  }

  #hearStatus(status: ChatStatus): void {
    // The first word of an owner that has not been started changes nothing.
    if (status.state === 'idle' && this.status.value.state === 'idle') return;
    this.status.set(status);
    this.#events.emit('status', { status });
  }

  #hearReply(reply: ReplyId, result: ReplyResult): void {
    const waiting = this.#waiting.get(reply);
    this.#waiting.delete(reply);
    if (result.ok) waiting?.resolve(result.value);
    else waiting?.reject(new RequestError(result.error));
  }
}
