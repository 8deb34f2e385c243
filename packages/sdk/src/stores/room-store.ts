import { type BareJid, localOf, type Random, randomId } from '@meerkat-chat/xmpp';
import { MAX_PENDING, MAX_TEXT } from '../bounds.js';
import type { Occupant, Room, RoomMessage, RoomNotice, RoomStatus } from '../chat.js';
import type { ReplyId, RoomChange, RoomCommand, RoomSnapshot } from '../port/protocol.js';
import { Writable } from '../readable.js';
import { Turn } from './turn.js';

/** What a room's store needs of the chat's. */
export interface RoomStoreContext {
  readonly random: Random;
  readonly post: (command: RoomCommand) => void;
  /** Posts what is answered. */
  readonly ask: (make: (reply: ReplyId) => RoomCommand) => Promise<void>;
  readonly onNews: (message: RoomMessage) => void;
  readonly onStatus: (status: RoomStatus) => void;
  readonly onNotice: (notice: RoomNotice) => void;
}

/** A room made of nothing but what the owner tells. What it tells in one turn is shown as one change. */
export class RoomStore implements Room {
  readonly name: Writable<string>;
  readonly status = new Writable<RoomStatus>({ state: 'idle' });
  readonly messages = new Writable<readonly RoomMessage[]>([]);
  readonly occupants = new Writable<ReadonlyMap<string, Occupant>>(new Map());
  readonly occupantCount = new Writable(0);
  readonly subject = new Writable('');
  readonly self = new Writable<Occupant | undefined>(undefined);
  readonly older = new Writable<RoomSnapshot['older']>('maybe');
  readonly typing = new Writable<readonly string[]>([]);
  readonly #context: RoomStoreContext;
  #jid: BareJid;
  /** What is shown at the end of the turn. */
  #next: RoomSnapshot;
  #news: string[] = [];
  #notices: RoomNotice[] = [];
  /** Written here, and not heard of from the owner yet. */
  readonly #unheard = new Set<string>();
  readonly #turn = new Turn(() => this.#show());

  constructor(jid: BareJid, context: RoomStoreContext) {
    this.#jid = jid;
    this.#context = context;
    this.name = new Writable(localOf(jid));
    this.#next = {
      jid: undefined,
      name: this.name.value,
      status: this.status.value,
      messages: this.messages.value,
      occupants: this.occupants.value,
      occupantCount: 0,
      subject: '',
      self: undefined,
      older: 'maybe',
      typing: this.typing.value,
    };
  }

  get jid(): BareJid {
    return this.#jid;
  }

  join(options: { readonly nick?: string } = {}): void {
    this.#context.post({ kind: 'join', nick: options.nick });
  }

  leave(): void {
    this.#unheard.clear();
    this.#context.post({ kind: 'leave' });
  }

  send(text: string): string {
    if (text === '') throw new RangeError('a message needs text');
    if (text.length > MAX_TEXT) throw new RangeError(`a message has at most ${MAX_TEXT} characters`);
    const waiting = this.#next.messages.filter(({ delivery }) => delivery.state === 'pending').length;
    if (waiting + this.#unheard.size >= MAX_PENDING) {
      throw new RangeError(`${MAX_PENDING} messages are waiting to be sent`);
    }
    const key = randomId(this.#context.random);
    this.#unheard.add(key);
    this.#context.post({ kind: 'send', key, text });
    return key;
  }

  retry(key: string): void {
    this.#context.post({ kind: 'retry', key });
  }

  discard(key: string): void {
    this.#context.post({ kind: 'discard', key });
  }

  async loadOlder(): Promise<void> {
    await this.#context.ask((reply) => ({ kind: 'older', reply })).catch(() => {});
  }

  setTyping(on: boolean): void {
    this.#context.post({ kind: 'typing', on });
  }

  changeNick(nick: string): void {
    this.#context.post({ kind: 'nick', nick });
  }

  setSubject(subject: string): void {
    this.#context.post({ kind: 'subject', subject });
  }

  kick(nick: string, reason?: string): Promise<void> {
    return this.#context.ask((reply) => ({ kind: 'kick', nick, reason, reply }));
  }

  ban(nick: string, reason?: string): Promise<void> {
    return this.#context.ask((reply) => ({ kind: 'ban', nick, reason, reply }));
  }

  setVoice(nick: string, voice: boolean): Promise<void> {
    return this.#context.ask((reply) => ({ kind: 'voice', nick, voice, reply }));
  }

  /** Takes everything anew. */
  take(snapshot: RoomSnapshot): void {
    this.apply([{ kind: 'changed', parts: snapshot, news: [] }]);
  }

  /** Takes what changed since the snapshot. */
  apply(changes: readonly RoomChange[]): void {
    for (const change of changes) {
      if (change.kind === 'notice') this.#notices.push(change.notice);
      else {
        this.#next = { ...this.#next, ...change.parts };
        this.#news.push(...change.news);
      }
    }
    this.#turn.request();
  }

  #show(): void {
    const { jid, name, status, messages, occupants, occupantCount, subject, self, older, typing } =
      this.#next;
    if (jid !== undefined) this.#jid = jid;
    if (this.#unheard.size > 0) for (const { key } of messages) this.#unheard.delete(key);
    const before = this.status.value;
    if (name !== '') this.name.set(name);
    this.subject.set(subject);
    this.occupants.set(occupants);
    this.occupantCount.set(occupantCount);
    this.self.set(self);
    this.messages.set(messages);
    this.older.set(older);
    this.typing.set(typing);
    this.status.set(status);
    if (before !== status && (before.state !== 'idle' || status.state !== 'idle')) {
      this.#context.onStatus(status);
    }
    for (const notice of this.#notices.splice(0)) this.#context.onNotice(notice);
    const news = new Set(this.#news.splice(0));
    if (news.size === 0) return;
    for (const message of messages) if (news.has(message.key)) this.#context.onNews(message);
  }
}
