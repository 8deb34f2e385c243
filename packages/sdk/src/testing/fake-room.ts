import type { BareJid, Clock, Random } from '@meerkat-chat/xmpp';
import type { Occupant, Room, RoomMessage, RoomNotice, RoomRefusal, RoomStatus } from '../chat.js';
import { Writable } from '../readable.js';
import { mkMessage } from './mk-message.js';
import { SAMPLE_LINES, SAMPLE_NICKS } from './sample-words.js';

/** How many messages a fake room keeps, as a real one does. */
export const FAKE_HISTORY_LIMIT = 500;
/** Our own name, unless told. No word that sample lines have: each such line would name us. */
const FAKE_NICK = 'Sasha';
const PAGE = 50;
const SECONDS_BETWEEN_LINES = 40;

/** What a fake room shows at first. */
export interface FakeRoomOptions {
  /** The name to show; by default the local part of the address. */
  readonly name?: string;
  /** Whether and how one is in; joined as "Sasha" by default. */
  readonly status?: RoomStatus;
  /** A number of sample lines, or the messages themselves; none by default. */
  readonly messages?: number | readonly RoomMessage[];
  /** How many others are there (each a sample name); 4 by default. Only 2,000 are in the list, as in a real room. */
  readonly occupants?: number;
  readonly subject?: string;
  /** How many sample lines `loadOlder()` finds before there are no more; 0 by default. */
  readonly older?: number;
  /** What becomes of a message that is sent: echoed at once (default), left waiting, or refused. */
  readonly sending?: 'deliver' | 'fail' | 'hold';
  /** `two`: a conversation, where sample lines are said by us and by whose address it has. `many` by default. */
  readonly between?: 'many' | 'two';
}

/** What a fake room needs of the fake chat that it is in. */
export interface FakeRoomHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: (line: string) => void;
  readonly onMessage: (message: RoomMessage) => void;
  readonly onStatus: (status: RoomStatus) => void;
  readonly onNotice: (notice: RoomNotice) => void;
}

/**
 * A `Room` without a server: it does what it is told and keeps a list of what was asked of it.
 * The methods beyond those of `Room` (`receive`, `flood`, `refuse`, ...) play the other people and the server.
 */
export class FakeRoom implements Room {
  readonly jid: BareJid;
  readonly name: Writable<string>;
  readonly status: Writable<RoomStatus>;
  readonly messages: Writable<readonly RoomMessage[]>;
  readonly occupants: Writable<ReadonlyMap<string, Occupant>>;
  readonly occupantCount: Writable<number>;
  readonly subject: Writable<string>;
  readonly self: Writable<Occupant | undefined>;
  readonly older: Writable<'loading' | 'maybe' | 'none'>;
  readonly typing = new Writable<readonly string[]>([]);
  /** What `setTyping` was told last; undefined before that. */
  writes: boolean | undefined;
  /** What becomes of the next message that is sent; may be changed at any time. */
  sending: 'deliver' | 'fail' | 'hold';
  readonly #host: FakeRoomHost;
  readonly #between: FakeRoomOptions['between'];
  #serial = 0;
  #olderLeft: number;

  constructor(jid: BareJid, options: FakeRoomOptions, host: FakeRoomHost) {
    this.jid = jid;
    this.#host = host;
    this.#between = options.between;
    this.sending = options.sending ?? 'deliver';
    this.#olderLeft = options.older ?? 0;
    const status: RoomStatus = options.status ?? { state: 'joined', nick: FAKE_NICK };
    const count = options.occupants ?? 4;
    this.name = new Writable(options.name ?? jid.slice(0, jid.indexOf('@')));
    this.status = new Writable(status);
    this.subject = new Writable(options.subject ?? '');
    this.older = new Writable<'loading' | 'maybe' | 'none'>(this.#olderLeft > 0 ? 'maybe' : 'none');
    this.messages = new Writable<readonly RoomMessage[]>(
      typeof options.messages === 'object'
        ? options.messages
        : this.#lines(options.messages ?? 0, host.clock.now()),
    );
    // In a conversation nobody is listed.
    const isIn = status.state === 'joined' && options.between !== 'two';
    const self = isIn ? occupant(status.nick, 'participant', true) : undefined;
    this.self = new Writable<Occupant | undefined>(self);
    this.occupants = new Writable<ReadonlyMap<string, Occupant>>(sampleOccupants(count, self));
    this.occupantCount = new Writable(count + (self ? 1 : 0));
  }

  join(options: { readonly nick?: string } = {}): void {
    this.#host.log(`join ${options.nick ?? ''}`.trimEnd());
    const { state } = this.status.value;
    if (state === 'idle' || state === 'refused') this.#setStatus({ state: 'joining' });
  }

  leave(): void {
    this.#host.log('leave');
    this.#setStatus({ state: 'idle' });
  }

  send(text: string): string {
    if (text.trim() === '') throw new RangeError('a message needs a text');
    this.#host.log(`send ${text}`);
    const message = this.#compose({ own: true, nick: this.#nick(), text, delivery: { state: 'pending' } });
    this.#append([message]);
    this.#settle(message.key);
    return message.key;
  }

  retry(key: string): void {
    this.#host.log(`retry ${key}`);
    this.#change(key, { delivery: { state: 'pending' } });
    this.#settle(key);
  }

  discard(key: string): void {
    this.#host.log(`discard ${key}`);
    this.messages.set(this.messages.value.filter((message) => message.key !== key));
  }

  async loadOlder(): Promise<void> {
    this.#host.log('loadOlder');
    const page = Math.min(PAGE, this.#olderLeft);
    this.#olderLeft -= page;
    const first = this.messages.value[0]?.at ?? this.#host.clock.now();
    this.messages.set([...this.#lines(page, first), ...this.messages.value]);
    this.older.set(this.#olderLeft > 0 ? 'maybe' : 'none');
  }

  setTyping(on: boolean): void {
    this.writes = on;
  }

  changeNick(nick: string): void {
    this.#host.log(`changeNick ${nick}`);
    this.#enter(nick);
  }

  setSubject(subject: string): void {
    this.#host.log(`setSubject ${subject}`);
    this.subject.set(subject);
  }

  async kick(nick: string, reason?: string): Promise<void> {
    this.#host.log(`kick ${nick} ${reason ?? ''}`.trimEnd());
    this.remove(nick, { by: this.#nick(), ...(reason === undefined ? {} : { reason }) });
  }

  async ban(nick: string, reason?: string): Promise<void> {
    this.#host.log(`ban ${nick} ${reason ?? ''}`.trimEnd());
    this.remove(nick, { kind: 'banned', by: this.#nick(), ...(reason === undefined ? {} : { reason }) });
  }

  async setVoice(nick: string, voice: boolean): Promise<void> {
    this.#host.log(`setVoice ${nick} ${voice}`);
    const who = this.occupants.value.get(nick);
    if (!who) return;
    this.occupants.set(
      new Map(this.occupants.value).set(nick, { ...who, role: voice ? 'participant' : 'visitor' }),
    );
  }

  /** Lets the server accept us, under that nick. */
  accept(nick: string = FAKE_NICK): void {
    this.#enter(nick);
  }

  /** Lets the server refuse us, or put us out. */
  refuse(reason: RoomRefusal, more: { readonly text?: string; readonly by?: string } = {}): void {
    this.self.set(undefined);
    this.#setStatus({ state: 'refused', reason, ...more });
  }

  /** Lets somebody say something now; returns what was said. */
  receive(parts: Partial<RoomMessage> = {}): RoomMessage {
    const message = this.#compose({
      own: false,
      ...(this.#between === 'two' ? this.#speaker(false) : {}),
      ...parts,
    });
    this.#append([message]);
    return message;
  }

  /** Lets `count` sample lines arrive at once, all now. */
  flood(count: number): void {
    this.#append(Array.from({ length: count }, () => this.#compose({})));
  }

  /** Lets the room echo a waiting message. */
  deliver(key: string): void {
    this.#change(key, { delivery: { state: 'delivered' } });
  }

  /** Lets the other one's program say that a message arrived, in a conversation. */
  receipt(key: string): void {
    this.messages.set(
      this.messages.value.map((message) => {
        if (message.key === key) return { ...message, delivery: { state: 'delivered', received: true } };
        const before = message.delivery.state === 'delivered' && message.delivery.received === true;
        return before ? { ...message, delivery: { state: 'delivered' } } : message;
      }),
    );
  }

  /** Lets it be known whether the other one is there, in a conversation. */
  showHere(here: boolean | undefined): void {
    const { state } = this.status.value;
    if (state === 'joined')
      this.#setStatus({ state, nick: this.#nick(), ...(here === undefined ? {} : { here }) });
  }

  /** Lets the server refuse a waiting message. */
  fail(key: string, reason = 'The room did not take this message.'): void {
    this.#change(key, { delivery: { state: 'failed', reason } });
  }

  /** Lets these write, and nobody else. */
  compose(...nicks: readonly string[]): void {
    this.typing.set(nicks);
  }

  /** Lets a moderator put somebody out. */
  remove(nick: string, more: Partial<Omit<RoomNotice, 'nick'>> = {}): void {
    this.part(nick);
    this.#host.onNotice({ kind: 'kicked', nick, ...more });
  }

  /** Lets somebody come in. */
  enter(nick: string, role: Occupant['role'] = 'participant'): void {
    this.occupants.set(new Map(this.occupants.value).set(nick, occupant(nick, role, false)));
    this.occupantCount.set(this.occupantCount.value + 1);
  }

  /** Lets somebody go. */
  part(nick: string): void {
    const rest = new Map(this.occupants.value);
    if (!rest.delete(nick)) return;
    this.occupants.set(rest);
    this.occupantCount.set(this.occupantCount.value - 1);
  }

  /** How many watch any of the stores, for leak tests. */
  get watchers(): number {
    const all: readonly { readonly watchers: number }[] = [
      this.name,
      this.status,
      this.messages,
      this.occupants,
      this.occupantCount,
      this.subject,
      this.self,
      this.older,
      this.typing,
    ];
    return all.reduce((sum, store) => sum + store.watchers, 0);
  }

  #nick(): string {
    const status = this.status.value;
    return status.state === 'joined' ? status.nick : FAKE_NICK;
  }

  #enter(nick: string): void {
    const self = occupant(nick, 'participant', true);
    const others = [...this.occupants.value].filter(([, who]) => !who.self);
    const before = this.occupants.value.size - others.length;
    this.occupants.set(new Map([[nick, self], ...others]));
    this.occupantCount.set(this.occupantCount.value + 1 - before);
    this.self.set(self);
    this.#setStatus({ state: 'joined', nick });
  }

  #setStatus(status: RoomStatus): void {
    this.status.set(status);
    this.#host.onStatus(status);
  }

  #settle(key: string): void {
    if (this.sending === 'deliver') this.deliver(key);
    else if (this.sending === 'fail') this.fail(key);
  }

  #change(key: string, parts: Partial<RoomMessage>): void {
    this.messages.set(
      this.messages.value.map((message) => (message.key === key ? { ...message, ...parts } : message)),
    );
  }

  #append(added: readonly RoomMessage[]): void {
    const isPending = (message: RoomMessage) => message.delivery.state !== 'delivered';
    const all = this.messages.value;
    const merged = [
      ...all.filter((message) => !isPending(message)),
      ...added.filter((message) => !isPending(message)),
      ...all.filter(isPending),
      ...added.filter(isPending),
    ];
    this.messages.set(merged.slice(-FAKE_HISTORY_LIMIT));
    for (const message of added) this.#host.onMessage(message);
  }

  #compose(parts: Partial<RoomMessage>): RoomMessage {
    return mkMessage({
      key: `m${++this.#serial}`,
      text: this.#pick(SAMPLE_LINES),
      at: this.#host.clock.now(),
      ...this.#speaker(parts.own),
      ...parts,
    });
  }

  /** Sample lines that end just before a time; now and then somebody says two in a row. */
  #lines(count: number, before: number): RoomMessage[] {
    let said = this.#speaker();
    return Array.from({ length: count }, (_, index) => {
      if (this.#host.random.number() > 0.35) said = this.#speaker();
      return this.#compose({ ...said, at: before - (count - index) * SECONDS_BETWEEN_LINES * 1000 });
    });
  }

  /** Somebody to say a sample line. @param own whether we are to, in a conversation; by default it is the other's turn */
  #speaker(own?: boolean): Partial<RoomMessage> {
    if (this.#between !== 'two') return { nick: this.#pick(SAMPLE_NICKS) };
    const isOwn = own ?? this.#host.random.number() < 0.4;
    return isOwn
      ? { own: true, nick: FAKE_NICK, occupantId: 'you@chat.example' }
      : { own: false, nick: this.jid.slice(0, this.jid.indexOf('@')), occupantId: this.jid };
  }

  #pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.#host.random.number() * from.length)] ?? from[0];
  }
}

function occupant(nick: string, role: Occupant['role'], self: boolean): Occupant {
  return { nick, role, affiliation: role === 'moderator' ? 'admin' : 'none', self, occupantId: `id-${nick}` };
}

const LISTED_AT_MOST = 2000;

function sampleOccupants(count: number, self: Occupant | undefined): ReadonlyMap<string, Occupant> {
  const all = new Map<string, Occupant>();
  if (self) all.set(self.nick, self);
  for (let index = 0; index < Math.min(count, LISTED_AT_MOST); index++) {
    const name = SAMPLE_NICKS[index % SAMPLE_NICKS.length] ?? SAMPLE_NICKS[0];
    const round = Math.floor(index / SAMPLE_NICKS.length);
    const nick = round === 0 ? name : `${name} ${round + 1}`;
    all.set(nick, occupant(nick, index === 0 ? 'moderator' : 'participant', false));
  }
  return all;
}
