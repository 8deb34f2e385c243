import {
  type BareJid,
  domainOf,
  localOf,
  type Off,
  parseBareJid,
  type Random,
  randomId,
} from '@meerkat-chat/xmpp';
import { checkText, MAX_ROOMS } from '../bounds.js';
import type { Chat, ChatAuth, ChatEvents, ChatStatus, Conversation, Me, Room } from '../chat.js';
import { Listeners } from '../listeners.js';
import { Writable } from '../readable.js';
import { HeldTalk, type HoldingChat } from './held-talk.js';
import type { Owner } from './owner.js';

/** Few pages ask for any of it: what does is loaded then. */
const account = () => import('./account.js');
/** Questions without an answer, at most. */
const MAX_ASKING = 200;

/**
 * One chat of a page: what it has opened and who listens to it. All there is to know it takes from the owner, which it
 * may share with others. It is told in a microtask, so that no listener acts in the middle of what it hears of.
 */
export class PageChat implements Chat, HoldingChat {
  readonly status = new Writable<ChatStatus>({ state: 'idle' });
  readonly me = new Writable<Me | undefined>(undefined);
  readonly random: Random;
  readonly #owner: Owner;
  readonly #onClose: () => void;
  readonly #listeners = new Map<keyof ChatEvents, Listeners<never>>();
  readonly #rooms = new Set<HeldTalk>();
  /** By name or address, as they were asked for. */
  readonly #people = new Map<string, HeldTalk>();
  readonly #asking = new Set<(cause: Error) => void>();
  readonly #offs: readonly Off[];
  #closed = false;

  /** @param onClose called once, at the end of `close` */
  constructor(owner: Owner, onClose: () => void) {
    this.#owner = owner;
    this.#onClose = onClose;
    this.random = owner.env.random;
    const { status, me } = owner.session;
    const hearStatus = (now: ChatStatus): void => {
      // The first word of a session that has not been started changes nothing.
      if (now.state === 'idle' && this.status.value.state === 'idle') return;
      this.status.set(now);
      this.emit('status', { status: now });
    };
    const hearMe = (now: Me | undefined): void => this.me.set(now);
    this.#offs = [
      status.subscribe((now) => this.later(() => hearStatus(now))),
      me.subscribe((now) => this.later(() => hearMe(now))),
    ];
    const [first, known] = [status.value, me.value];
    this.later(() => {
      hearStatus(first);
      hearMe(known);
    });
  }

  start(): void {
    if (!this.#closed) this.#owner.session.start();
  }

  retry(): void {
    if (!this.#closed) this.#owner.session.retry();
  }

  signIn(auth: ChatAuth): Promise<void> {
    return this.ask(async () => (await account()).signIn(this.#owner, auth));
  }

  prove(answer: string): void {
    if (!this.#closed) this.#owner.session.prove(answer);
  }

  signOut(): Promise<void> {
    return this.ask(() => this.#owner.signOut());
  }

  shareStatus(on?: boolean): Promise<string | undefined> {
    return this.ask(async () => (await account()).shareStatus(this.#owner.session, on));
  }

  changePassword(present: string, password: string): Promise<void> {
    return this.ask(async () => (await account()).changePassword(this.#owner.session, present, password));
  }

  room(nameOrJid: string): Room {
    const talk = this.#owner.rooms.open(nameOrJid);
    const known = [...this.#rooms].find((held) => held.shows(talk));
    if (known) return known;
    const held = new HeldTalk(this, talk.guess);
    this.#rooms.add(held);
    if (this.#closed) held.release();
    else held.attach(talk);
    return held;
  }

  conversation(nameOrJid: string): Conversation {
    const isAddress = nameOrJid.includes('@');
    const jid = parseBareJid(isAddress ? nameOrJid : `${nameOrJid}@${this.#domain}`);
    if (jid === undefined) throw new RangeError(`"${nameOrJid}" is no name of a person`);
    const ref = isAddress ? jid : localOf(jid);
    const known = this.#people.get(ref);
    if (known) return known;
    if (this.#people.size >= MAX_ROOMS) throw new RangeError(`${MAX_ROOMS} conversations are open`);
    const held = new HeldTalk(this, jid);
    this.#people.set(ref, held);
    if (this.#closed) held.release();
    else void this.#owner.direct.load().then((all) => all.open(ref, held));
    return held;
  }

  send(to: BareJid, text: string): string {
    checkText(text);
    const key = randomId(this.random);
    if (!this.#closed) void this.#owner.direct.load().then((all) => all.send(to, key, text));
    return key;
  }

  on<Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void): Off {
    if (this.#closed) return () => {};
    const listeners = this.#listeners.get(name) ?? new Listeners<never>();
    this.#listeners.set(name, listeners);
    return listeners.add(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#offs) off();
    this.#listeners.clear();
    for (const held of [...this.#rooms, ...this.#people.values()]) held.release();
    for (const reject of this.#asking) reject(new Error('the chat was closed'));
    this.#onClose();
  }

  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    this.#listeners.get(name)?.call(event as never);
  }

  /** Does something in a microtask, unless it was closed. */
  later(run: () => void): void {
    queueMicrotask(() => {
      if (!this.#closed) run();
    });
  }

  ask<T>(run: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the chat was closed'));
    if (this.#asking.size >= MAX_ASKING) return Promise.reject(new Error('too many requests are waiting'));
    return new Promise((resolve, reject) => {
      this.#asking.add(reject);
      void run()
        .then(resolve, reject)
        .finally(() => this.#asking.delete(reject));
    });
  }

  get #domain(): string {
    const { value: me } = this.me;
    return me ? domainOf(me.account) : this.#owner.rooms.guess.replace(/^rooms\./, '');
  }
}
