import {
  type BareJid,
  type Element,
  type FullJid,
  type Off,
  parseBareJid,
  parseFullJid,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { ChatStatus, Me } from '../../chat.js';
import * as readBack from '../../read-back.js';
import { Writable } from '../../readable.js';
import { type ReadBack, RequestError, type XmppSession } from '../../session/xmpp-session.js';

type OnlineListener = Parameters<XmppSession['onOnline']>[0];

/** A request that waits for the test to answer it. */
export interface ScriptedRequest {
  readonly iq: Element;
  readonly answer: (result: Element) => void;
  readonly refuse: (error: StanzaError) => void;
}

/** Addresses of tests: throws for what is none. */
export function bare(text: string): BareJid {
  const jid = parseBareJid(text);
  if (jid === undefined) throw new TypeError(`${text} is no bare address`);
  return jid;
}

/** Addresses of tests: throws for what is none. */
export function full(text: string): FullJid {
  const jid = parseFullJid(text);
  if (jid === undefined) throw new TypeError(`${text} is no full address`);
  return jid;
}

/** A session without a stream: what is sent is written down, and what is heard is said by the test. */
export class ScriptedSession implements XmppSession {
  status = new Writable<ChatStatus>({ state: 'idle' });
  me = new Writable<Me | undefined>(undefined);
  /** What was asked of the session, in order. */
  readonly calls: string[] = [];
  readonly requests: ScriptedRequest[] = [];
  readonly #kept: Readonly<Record<string, unknown>>;
  readonly #savers = new Map<string, () => unknown>();
  #stanzaListeners = new Set<(stanza: Element) => void>();
  #onlineListeners = new Set<OnlineListener>();
  #confirmedListeners = new Set<() => void>();
  /** Ids of what was sent and not confirmed. */
  readonly unconfirmed = new Set<string>();
  #sent: Element[] = [];

  /** @param kept what the page before has kept, see `save` */
  constructor(kept: Readonly<Record<string, unknown>> = {}) {
    this.#kept = kept;
  }

  succeed(before: ScriptedSession): void {
    const [status, me] = [this.status.value, this.me.value];
    [this.status, before.status] = [before.status, this.status];
    [this.me, before.me] = [before.me, this.me];
    [this.#stanzaListeners, before.#stanzaListeners] = [before.#stanzaListeners, this.#stanzaListeners];
    [this.#onlineListeners, before.#onlineListeners] = [before.#onlineListeners, this.#onlineListeners];
    [this.#confirmedListeners, before.#confirmedListeners] = [
      before.#confirmedListeners,
      this.#confirmedListeners,
    ];
    this.me.set(me);
    this.status.set(status);
  }

  abandon(): readonly Element[] {
    this.calls.push('abandon');
    return [];
  }

  start(): void {
    this.calls.push('start');
  }
  retry(): void {
    this.calls.push('retry');
  }
  prove(answer: string): void {
    this.calls.push(`prove ${answer}`);
  }
  suspend(): void {
    this.calls.push('suspend');
  }
  async signOut(): Promise<void> {
    this.calls.push('signOut');
  }

  send(stanza: Element): void {
    this.#sent.push(stanza);
    if (stanza.attrs.id !== undefined) this.unconfirmed.add(stanza.attrs.id);
  }

  holds(id: string): boolean {
    return this.unconfirmed.has(id);
  }

  onAcknowledged(listener: () => void): Off {
    this.#confirmedListeners.add(listener);
    return () => void this.#confirmedListeners.delete(listener);
  }

  /** Confirms everything that was sent. */
  confirm(): void {
    this.unconfirmed.clear();
    for (const listener of [...this.#confirmedListeners]) listener();
  }

  request(iq: Element): Promise<Element> {
    return new Promise((answer, reject) => {
      this.requests.push({ iq, answer, refuse: (error) => reject(new RequestError(error)) });
    });
  }

  answer(): Off {
    return () => {};
  }

  onStanza(listener: (stanza: Element) => void): Off {
    this.#stanzaListeners.add(listener);
    return () => void this.#stanzaListeners.delete(listener);
  }

  onOnline(listener: OnlineListener): Off {
    this.#onlineListeners.add(listener);
    return () => void this.#onlineListeners.delete(listener);
  }

  keep(section: string, save: () => unknown, restore: (kept: unknown, by?: ReadBack) => void): void {
    this.#savers.set(section, save);
    restore(this.#kept[section], readBack);
  }

  /** What was sent since this was asked last. */
  takeSent(): Element[] {
    return this.#sent.splice(0);
  }

  /** What a page keeps, as storage gives it back. */
  save(): Record<string, unknown> {
    const saved = Object.fromEntries([...this.#savers].map(([section, save]) => [section, save()]));
    return JSON.parse(JSON.stringify(saved)) as Record<string, unknown>;
  }

  /** Refuses what waits for an answer, as a lost session does. */
  refuseAll(): void {
    for (const { refuse } of this.requests.splice(0)) refuse(stanzaError('remote-server-timeout'));
  }

  /** Gets a stanza from the server. */
  hear(stanza: Element): void {
    for (const listener of [...this.#stanzaListeners]) listener(stanza);
  }

  online(how: Parameters<OnlineListener>[0] = { kind: 'fresh', unacknowledged: [] }, guest = true): void {
    this.me.set({ jid: full('anna@example/page'), account: bare('anna@example'), guest });
    this.status.set({ state: 'online', link: 'websocket', resumed: how.kind === 'resumed' });
    for (const listener of [...this.#onlineListeners]) listener(how);
  }

  offline(): void {
    this.status.set({ state: 'reconnecting', attempt: 1 });
  }

  /** How many listen, for leak tests. */
  get listeners(): number {
    const watchers = this.status.watchers + this.me.watchers;
    const listeners = this.#stanzaListeners.size + this.#onlineListeners.size;
    return listeners + this.#confirmedListeners.size + watchers;
  }
}
