import { type BareJid, type FullJid, parseBareJid, parseFullJid } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import type { Chat, ChatAuth, ChatEvents, ChatStatus, Me } from '../chat.js';
import { Writable } from '../readable.js';
import { FakeRoom, type FakeRoomOptions } from './fake-room.js';
import { FAKE_START } from './mk-message.js';

/** How a fake chat begins. All of it may be changed afterwards. */
export interface FakeChatOptions {
  /** Where the connection stands; online over WebSocket by default. */
  readonly status?: ChatStatus;
  /** Signed in as a guest (default) or with an account. */
  readonly guest?: boolean;
  /** What every room of it shows at first. */
  readonly room?: FakeRoomOptions;
  /** What every conversation of it shows at first: beside what is said otherwise, nobody is listed. */
  readonly conversation?: FakeRoomOptions;
  /** Chooses the sample names and lines: the same seed, the same page. 1 by default. */
  readonly seed?: number;
  /** The time of day at which its clock stands, in ms; 18:00 UTC on 15 January 2026 by default. */
  readonly now?: number;
}

type Listener = (event: never) => void;

/** A `Chat` without a server. See `fakeChat()`. */
export class FakeChat implements Chat {
  readonly status: Writable<ChatStatus>;
  readonly me: Writable<Me | undefined>;
  /** Stamps what arrives. It stands still until `advance()` is called. */
  readonly clock: FakeClock;
  /** What was asked of the chat and its rooms, in order: `start`, `send Hello`, `retry m3`, ... */
  readonly log: string[] = [];
  readonly #options: FakeChatOptions;
  readonly #random: SeededRandom;
  readonly #rooms = new Map<BareJid, FakeRoom>();
  #statusId: string | undefined;
  #statusIds = 0;
  readonly #listeners = new Map<keyof ChatEvents, Set<Listener>>();

  constructor(options: FakeChatOptions = {}) {
    this.#options = options;
    this.clock = new FakeClock(options.now ?? FAKE_START);
    this.#random = new SeededRandom(options.seed ?? 1);
    this.status = new Writable<ChatStatus>(
      options.status ?? { state: 'online', link: 'websocket', resumed: false },
    );
    this.me = new Writable<Me | undefined>({
      jid: must(parseFullJid('you@chat.example/page')),
      account: must(parseBareJid('you@chat.example')),
      guest: options.guest ?? true,
    });
  }

  start(): void {
    this.log.push('start');
  }

  room(nameOrJid: string): FakeRoom {
    const jid = parseBareJid(nameOrJid.includes('@') ? nameOrJid : `${nameOrJid}@rooms.chat.example`);
    if (jid === undefined) throw new RangeError(`"${nameOrJid}" is no name of a room`);
    return this.#talk(jid, this.#options.room ?? {});
  }

  conversation(nameOrJid: string): FakeRoom {
    const jid = parseBareJid(nameOrJid.includes('@') ? nameOrJid : `${nameOrJid}@chat.example`);
    if (jid === undefined) throw new RangeError(`"${nameOrJid}" is no name of a person`);
    return this.#talk(jid, { occupants: 0, between: 'two', ...this.#options.conversation });
  }

  send(to: BareJid, text: string): string {
    this.log.push(`send ${to} ${text}`);
    return `d${this.log.length}`;
  }

  async shareStatus(on?: boolean): Promise<string | undefined> {
    this.log.push(on === undefined ? 'shareStatus' : `shareStatus ${on}`);
    // Each time another, as a server would: what was withdrawn stays withdrawn.
    if (on === true) this.#statusId ??= `fake-status-id-${String(++this.#statusIds).padStart(8, '0')}`;
    else if (on === false) this.#statusId = undefined;
    return this.#statusId;
  }

  async changePassword(): Promise<void> {
    this.log.push('changePassword');
  }

  on<Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  retry(): void {
    this.log.push('retry');
    this.become({ state: 'connecting' });
  }

  prove(answer: string): void {
    this.log.push(`prove ${answer}`);
    this.become({ state: 'connecting' });
  }

  async signIn({ kind }: ChatAuth): Promise<void> {
    this.log.push(`signIn ${kind}`);
    this.me.set(this.me.value && { ...this.me.value, guest: false });
  }

  async signOut(): Promise<void> {
    this.log.push('signOut');
    this.become({ state: 'closed' });
  }

  close(): void {
    this.log.push('close');
    this.become({ state: 'closed' });
  }

  /** Lets the connection change. */
  become(status: ChatStatus): void {
    this.status.set(status);
    this.#emit('status', { status });
  }

  /** How many watch any store or event of the chat and its rooms: a leak test compares it before and after. */
  get watchers(): number {
    let sum = this.status.watchers + this.me.watchers;
    for (const listeners of this.#listeners.values()) sum += listeners.size;
    for (const room of this.#rooms.values()) sum += room.watchers;
    return sum;
  }

  #talk(jid: BareJid, options: FakeRoomOptions): FakeRoom {
    let room = this.#rooms.get(jid);
    if (room === undefined) {
      room = new FakeRoom(jid, options, {
        clock: this.clock,
        random: this.#random,
        log: (line) => void this.log.push(line),
        onMessage: (message) => this.#emit('room-message', { room: jid, message }),
        onNotice: (notice) => this.#emit('room-notice', { room: jid, notice }),
        onStatus: (status) => this.#emit('room-status', { room: jid, status }),
      });
      this.#rooms.set(jid, room);
    }
    return room;
  }

  #emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      (listener as (event: ChatEvents[Name]) => void)(event);
    }
  }
}

function must<T extends BareJid | FullJid>(jid: T | undefined): T {
  if (jid === undefined) throw new TypeError('malformed sample address');
  return jid;
}

/**
 * A chat without a server, for stories and tests of pages that use one: stores, rooms and events behave as those
 * of `createChat()`, time stands still, and the same options give the same names and lines.
 *
 *     const chat = fakeChat({ room: { messages: 30, occupants: 12 } });
 *     element.chat = chat;
 *     chat.room('lobby').receive({ nick: 'Mira', text: 'Hello' });
 *     chat.become({ state: 'offline' });
 */
export function fakeChat(options: FakeChatOptions = {}): FakeChat {
  return new FakeChat(options);
}
