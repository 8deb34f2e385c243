import { type BareJid, localOf, type Random, randomId } from '@meerkat-chat/xmpp';
import { checkText, MAX_EARLY, MAX_PENDING } from '../bounds.js';
import type { ChatEvents, Occupant, Room, RoomMessage, RoomNotice, RoomStatus } from '../chat.js';
import { Writable } from '../readable.js';
import type { Administration } from './room-administration.js';
import type { SharedTalk, TalkHolder, TalkView } from './shared-talk.js';

/** The chat that holds a room. */
export interface HoldingChat {
  readonly random: Random;
  /** Tells who listens. */
  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void;
  /** Waits for something no longer than until the chat is closed. */
  ask<T>(run: () => Promise<T>): Promise<T>;
}

/**
 * What `Chat.room()` and `Chat.conversation()` hand out: what a chat sees of a room, and says to it. Whatever changed in
 * one turn is shown as one change.
 */
export class HeldTalk implements Room, TalkHolder {
  readonly name: Writable<string>;
  readonly status = new Writable<RoomStatus>({ state: 'idle' });
  readonly messages = new Writable<readonly RoomMessage[]>([]);
  readonly occupants = new Writable<ReadonlyMap<string, Occupant>>(new Map());
  readonly occupantCount = new Writable(0);
  readonly subject = new Writable('');
  readonly self = new Writable<Occupant | undefined>(undefined);
  readonly older = new Writable<Room['older']['value']>('maybe');
  readonly typing = new Writable<readonly string[]>([]);
  /** This chat has joined, and not left. */
  joined = false;
  readonly #chat: HoldingChat;
  readonly #guess: BareJid;
  #talk: SharedTalk | undefined;
  /** What is done once there is something to do it to; undefined when that will not be any more. */
  #early: ((talk: SharedTalk) => void)[] | undefined = [];
  #written = 0;

  /** @param guess its address, until it is known better */
  constructor(chat: HoldingChat, guess: BareJid) {
    this.#chat = chat;
    this.#guess = guess;
    this.name = new Writable(localOf(guess));
  }

  get jid(): BareJid {
    return this.#talk?.jid ?? this.#guess;
  }

  /** What is shown, once something can be done to it. */
  get #ready(): SharedTalk | undefined {
    return this.#talk?.ready ? this.#talk : undefined;
  }

  /** Whether it shows that one. */
  shows(talk: SharedTalk): boolean {
    return this.#talk === talk;
  }

  /** Shows it from now on. */
  attach(talk: SharedTalk): void {
    const early = this.#early;
    if (!early) return;
    this.#talk = talk;
    talk.holders.add(this);
    talk.touch();
    if (talk.ready) for (const run of early.splice(0)) run(talk);
  }

  /** The chat was closed: shows nothing new, and does nothing any more. */
  release(): void {
    this.#talk?.holders.delete(this);
    this.#talk = this.#early = undefined;
  }

  join({ nick }: { readonly nick?: string | undefined } = {}): void {
    this.#do((talk) => {
      this.joined = true;
      talk.join(nick);
    });
  }

  leave(): void {
    this.#do((talk) => {
      this.joined = false;
      // The last one turns off the light.
      if (![...talk.holders].some(({ joined }) => joined)) talk.leave();
    });
  }

  send(text: string): string {
    checkText(text);
    if ((this.#ready?.waiting ?? this.#written) >= MAX_PENDING) {
      throw new RangeError(`${MAX_PENDING} messages are waiting to be sent`);
    }
    this.#written++;
    const key = randomId(this.#chat.random);
    this.#do((talk) => talk.write(key, text));
    return key;
  }

  retry(key: string): void {
    this.#do((talk) => talk.retry(key));
  }

  discard(key: string): void {
    this.#do((talk) => talk.discard(key));
  }

  async loadOlder(): Promise<void> {
    await this.#talk?.loadOlder();
  }

  setTyping(on: boolean): void {
    this.#do((talk) => talk.setTyping(on));
  }

  changeNick(nick: string): void {
    this.#do((talk) => talk.changeNick?.(nick));
  }

  setSubject(subject: string): void {
    this.#talk?.setSubject?.(subject);
  }

  kick(nick: string, reason?: string): Promise<void> {
    return this.#administer({ kind: 'kick', nick, reason });
  }

  ban(nick: string, reason?: string): Promise<void> {
    return this.#administer({ kind: 'ban', nick, reason });
  }

  setVoice(nick: string, voice: boolean): Promise<void> {
    return this.#administer({ kind: 'voice', nick, voice });
  }

  show(view: TalkView, news: ReadonlySet<string>, notices: readonly RoomNotice[]): void {
    const { value: old } = this.status;
    for (const [part, value] of Object.entries(view)) this[part as 'name'].set(value as never);
    const { jid: room } = this;
    const { status, messages } = view;
    if (old !== status && (old.state !== 'idle' || status.state !== 'idle')) {
      this.#chat.emit('room-status', { room, status });
    }
    for (const notice of notices) this.#chat.emit('room-notice', { room, notice });
    if (news.size === 0) return;
    for (const message of messages) {
      if (news.has(message.key)) this.#chat.emit('room-message', { room, message });
    }
  }

  #do(run: (talk: SharedTalk) => void): void {
    if (this.#ready) run(this.#ready);
    else if (this.#early && this.#early.length < MAX_EARLY) this.#early.push(run);
  }

  #administer(command: Administration): Promise<void> {
    return this.#chat.ask(async () => this.#talk?.administer?.(command));
  }
}
