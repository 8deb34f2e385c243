import {
  accountOf,
  type Element,
  type FullJid,
  NS,
  type Off,
  randomId,
  type StanzaError,
  serialize,
  withAttrs,
} from '@meerkat-chat/xmpp';
import type { ChatStatus, Me } from '../chat.js';
import type { ChatOptions } from '../chat-options.js';
import type { Platform } from '../platform.js';
import { type Readable, Writable } from '../readable.js';
import { type Claim, claimSession } from './claim.js';
import { type Attempted, Connector } from './connector.js';
import { EndpointMemory } from './endpoint-memory.js';
import { parseFrame } from './frame.js';
import { Identity } from './identity.js';
import { IqAnswers } from './iq-answers.js';
import { Listeners } from './listeners.js';
import { Mover } from './mover.js';
import { nextDelay, STABLE_AFTER } from './reconnect-policy.js';
import { type Refusal, refusalOfStream } from './refusal.js';
import { Requests } from './requests.js';
import { DEFAULT_SESSION_SETTINGS, type SessionSettings } from './settings.js';
import { loadSnapshot, type Snapshot, storeSnapshot } from './snapshot.js';
import { SafeStorage } from './storage.js';
import type { Stream, StreamEnd, StreamHost } from './stream.js';
import { StreamManagement } from './stream-management.js';
import { onWake } from './wake.js';
import type { XmppSession } from './xmpp-session.js';

/** Stanzas that may wait until somebody is signed in. */
export const MAX_WAITING = 1_000;

export type SessionOptions = Pick<ChatOptions, 'auth' | 'bosh' | 'domain' | 'server' | 'websocket'> & {
  readonly settings?: Partial<SessionSettings>;
};

type Online = Parameters<Parameters<XmppSession['onOnline']>[0]>[0];

/** Where the session stands; `status` is what a page is told of it. */
type Phase =
  | { readonly s: 'idle' | 'refused' | 'closed' }
  | { readonly s: 'connecting'; readonly abort: AbortController }
  | { readonly s: 'waiting'; readonly stopTimer: Off }
  | { readonly s: 'offline' }
  | { readonly s: 'online'; readonly stream: Stream; readonly stop: Off };

/** One signed-in stream over any number of links: the heart of the SDK. */
export class Session implements XmppSession {
  readonly status = new Writable<ChatStatus>({ state: 'idle' });
  readonly #me = new Writable<Me | undefined>(undefined);
  readonly #platform: Platform;
  readonly #settings: SessionSettings;
  readonly #tab: SafeStorage;
  readonly #tabKey: string;
  readonly #identity: Identity;
  readonly #memory: EndpointMemory;
  readonly #connector: Connector;
  readonly #requests: Requests;
  readonly #answers = new IqAnswers();
  readonly #stanzas = new Listeners<Element>();
  readonly #onlines = new Listeners<Online>();
  readonly #keepers = new Map<string, () => unknown>();
  readonly #kept: ReadonlyMap<string, unknown>;
  #sm = new StreamManagement();
  #phase: Phase = { s: 'idle' };
  #claim: Claim | undefined;
  #pageOffs: readonly Off[] = [];
  #failures = 0;
  /** Of a session that is gone; told with the next fresh one. */
  #unacknowledged: string[] = [];
  #waiting: string[] = [];
  /** Whether it is not known yet what becomes of the session of the page before: until then nothing joins its queue. */
  #undecided = true;
  /**
   * Features do not know the session that we have: it was bound and lost again before they heard of it, or another page
   * has gone on with it. Even if it is resumed, it is fresh to them.
   */
  #untold = false;
  /** What was stored when we let go last, to see whether somebody has written there since. */
  #lastSaved: string | undefined;
  /** The BOSH session of the page before, while nobody has gone on with it yet. */
  #inherited: Snapshot['bosh'];
  /** The session is moving to another link; the end of the old one is dealt with when that is decided. */
  #moving: { end?: StreamEnd } | undefined;

  constructor(options: SessionOptions, platform: Platform) {
    const { auth = { kind: 'guest' } } = options;
    this.#platform = platform;
    this.#settings = { ...DEFAULT_SESSION_SETTINGS, ...options.settings };
    const scope = scopeOf(options);
    const local = new SafeStorage(() => platform.storage('local'));
    this.#tab = new SafeStorage(() => platform.storage('session'));
    this.#tabKey = `meerkat.tab ${scope}`;
    this.#identity = new Identity(local, `meerkat.identity ${scope}`, auth, platform);
    this.#memory = new EndpointMemory(local, `meerkat.endpoint ${scope}`);
    this.#requests = new Requests(platform.env.clock);
    this.#kept = loadSnapshot(this.#tab, this.#tabKey)?.kept ?? new Map();
    const session = this;
    this.#connector = new Connector({
      platform,
      options,
      settings: this.#settings,
      memory: this.#memory,
      identity: this.#identity,
      get sm() {
        return session.#sm;
      },
      host: () => this.#streamHost(),
      lost: (texts) => void this.#unacknowledged.push(...texts),
    });
  }

  get me(): Readable<Me | undefined> {
    return this.#me;
  }

  start(): void {
    if (this.#phase.s !== 'idle') return;
    const { env, page } = this.#platform;
    for (const off of this.#pageOffs) off();
    this.#pageOffs = [
      page.on('suspend', () => this.#suspend()),
      page.on('show', () => this.start()),
      page.on('offline', () => this.#checkLink()),
      onWake(page, env.clock, () => this.#wake()),
      env.clock.every(this.#settings.save, () => this.#save(false)),
    ];
    void this.#begin();
  }

  retry(): void {
    switch (this.#phase.s) {
      case 'waiting':
      case 'offline':
      case 'refused':
        void this.#connect();
        return;
      case 'online':
        this.#phase.stream.check();
        return;
      case 'idle':
        this.start();
        return;
      case 'connecting':
      case 'closed':
        return;
    }
  }

  suspend(): void {
    this.#suspend();
    this.#unlisten();
  }

  async signOut(): Promise<void> {
    const before = this.#leavePhase({ s: 'closed' });
    this.#unlisten();
    this.#sm.reset();
    this.#waiting = [];
    this.#unacknowledged = [];
    const { token, clientId } = this.#identity.forget();
    this.#tab.remove(this.#tabKey);
    this.#requests.failAll();
    this.#me.set(undefined);
    this.status.set({ state: 'closed' });
    if (before.s === 'online') before.stream.finish();
    this.#release();
    if (token) await this.#connector.giveUp(token, clientId);
  }

  send(stanza: Element): void {
    const text = serialize(stanza);
    if (this.#phase.s === 'online') {
      this.#sm.add(text);
      this.#phase.stream.send(text);
    } else if (this.#sm.counting && !this.#undecided) {
      this.#sm.add(text);
    } else if (this.#waiting.push(text) > MAX_WAITING) {
      this.#waiting.pop();
      throw new RangeError('too many stanzas wait for the sign-in');
    }
  }

  request(iq: Element): Promise<Element> {
    const numbered = withAttrs(iq, { id: randomId(this.#platform.env.random) });
    const answer = this.#requests.wait(numbered);
    this.send(numbered);
    return answer;
  }

  answer(ns: string, name: string, handler: (iq: Element) => Element | StanzaError | undefined): Off {
    return this.#answers.on(ns, name, handler);
  }

  onStanza(listener: (stanza: Element) => void): Off {
    return this.#stanzas.add(listener);
  }

  onOnline(listener: (how: Online) => void): Off {
    return this.#onlines.add(listener);
  }

  keep(section: string, save: () => unknown): unknown {
    this.#keepers.set(section, save);
    return this.#kept.get(section);
  }

  /** Finds out what of the page before is ours, and goes on with it. */
  async #begin(): Promise<void> {
    const abort = this.#connecting();
    const { env, locks } = this.#platform;
    const found = loadSnapshot(this.#tab, this.#tabKey);
    const claim = await claimSession(locks, env.random, found?.id);
    if (abort.signal.aborted) {
      claim.release();
      return;
    }
    this.#claim = claim;
    const bosh = this.#restore(claim.kept ? found : undefined);
    // From here on what is stored is only good for its rows, should this page not live to say otherwise.
    this.#save(false);
    if (bosh) {
      this.#inherited = bosh;
      const stream = await this.#connector.adopt(bosh.url, bosh.state, abort.signal);
      if (!stream) return;
      this.#inherited = undefined;
      this.#online(stream, { kind: 'resumed' }, false);
      return;
    }
    this.#decide();
    await this.#connect();
  }

  /** Takes up what the page before has left. @returns the BOSH session to go on with */
  #restore(found: Snapshot | undefined): Snapshot['bosh'] {
    const mine = this.#lastSaved;
    this.#lastSaved = undefined;
    this.#sm = new StreamManagement();
    if (!found) return undefined;
    // Back from the back/forward cache: a page after us may have gone on with the session.
    this.#untold ||= mine !== undefined && mine !== this.#tab.get(this.#tabKey);
    this.#unacknowledged = [...found.unacknowledged];
    this.#waiting.unshift(...found.waiting);
    const usable = found.bosh !== undefined || (found.sm !== undefined && this.#identity.provable);
    if (!found.exact || !found.jid || !usable) {
      this.#unacknowledged.push(...(found.sm?.queue ?? []));
      return undefined;
    }
    this.#sm = new StreamManagement(found.sm);
    this.#setMe(found.jid);
    return found.bosh;
  }

  #connecting(): AbortController {
    const abort = new AbortController();
    this.#leavePhase({ s: 'connecting', abort });
    const attempt = this.#failures + 1;
    const again = this.#me.value !== undefined || this.#failures > 0;
    this.status.set(again ? { state: 'reconnecting', attempt } : { state: 'connecting' });
    return abort;
  }

  async #connect(): Promise<void> {
    if (!this.#platform.page.online()) {
      this.#leavePhase({ s: 'offline' });
      this.status.set({ state: 'offline' });
      return;
    }
    const abort = this.#connecting();
    const attempted = await this.#connector.connect(abort.signal);
    if (abort.signal.aborted) {
      if (attempted.kind === 'settled') attempted.stream.drop();
      return;
    }
    this.#attempted(attempted);
  }

  #attempted(attempted: Attempted): void {
    switch (attempted.kind) {
      case 'settled':
        this.#online(attempted.stream, attempted.outcome, true);
        return;
      case 'refused':
        this.#refuse(attempted.refusal);
        return;
      case 'failed':
        this.#wait();
        return;
    }
  }

  #online(
    stream: Stream,
    outcome: { readonly kind: 'resumed' } | { readonly kind: 'bound'; readonly jid: FullJid },
    resend: boolean,
  ): void {
    const { env } = this.#platform;
    const { kind: link } = stream.link;
    const stable = env.clock.after(STABLE_AFTER, () => {
      this.#failures = 0;
    });
    const mover =
      link === 'bosh' && this.#connector.websocket !== undefined ? this.#moverOf(stream) : undefined;
    const stop = (): void => {
      stable();
      mover?.stop();
    };
    this.#leavePhase({ s: 'online', stream, stop });
    if (outcome.kind === 'bound') {
      this.#setMe(outcome.jid);
      this.#requests.failAll();
      this.#untold = true;
      // Sent while we signed in: it takes its turn behind what features send on a new session.
      this.#waiting.push(...this.#sm.withdraw());
    }
    if (stream.ended) {
      this.#decide();
      this.#wait();
      return;
    }
    this.#undecided = false;
    stream.settle(resend && outcome.kind === 'resumed', () => {
      this.status.set({ state: 'online', link, resumed: outcome.kind === 'resumed' });
      const fresh = this.#untold;
      this.#untold = false;
      const unacknowledged = fresh ? stanzasOf(this.#unacknowledged.splice(0)) : [];
      this.#onlines.call(fresh ? { kind: 'fresh', unacknowledged } : { kind: 'resumed' });
      for (const text of this.#waiting.splice(0)) this.#sendText(text);
    });
  }

  /** What waited takes its place in the queue of the session that is to be resumed. */
  #decide(): void {
    this.#undecided = false;
    if (this.#sm.id === undefined) return;
    for (const text of this.#waiting.splice(0)) this.#sm.add(text);
  }

  #sendText(text: string): void {
    this.#sm.add(text);
    if (this.#phase.s === 'online') this.#phase.stream.send(text);
  }

  #moverOf(stream: Stream): Mover {
    const { probeFirst, probeMax } = this.#settings;
    return new Mover(this.#platform.env, probeFirst, probeMax, {
      tryMove: (signal) => this.#move(stream, signal),
    });
  }

  /** Moves the session from BOSH to a WebSocket by resuming it there. Until that is done the old link stands still. */
  async #move(old: Stream, signal: AbortSignal): Promise<boolean> {
    if (this.#sm.id === undefined || !this.#identity.provable) return false;
    const link = await this.#connector.probe(signal).catch(() => undefined);
    if (!link) {
      this.#memory.link = 'bosh';
      return false;
    }
    if (signal.aborted) {
      link.close();
      return false;
    }
    old.pause();
    const moving: { end?: StreamEnd } = {};
    this.#moving = moving;
    const stream = await this.#connector.takeOver(link, signal);
    this.#moving = undefined;
    if (signal.aborted) {
      stream?.drop();
      return false;
    }
    if (!stream) {
      if (moving.end) this.#lost(moving.end);
      else old.unpause();
      return false;
    }
    this.#memory.link = 'websocket';
    old.drop();
    this.#online(stream, { kind: 'resumed' }, true);
    return true;
  }

  #streamHost(): StreamHost {
    return {
      stanza: (element) => this.#hear(element),
      ended: (end) => this.#lost(end),
      visible: () => this.#platform.page.visible(),
    };
  }

  #hear(element: Element): void {
    if (element.name !== 'iq') {
      this.#stanzas.call(element);
      return;
    }
    const { type } = element.attrs;
    if (type === 'result' || type === 'error') this.#requests.settle(element, this.#me.value?.jid);
    else if (type === 'get' || type === 'set') this.send(this.#answers.answer(element));
  }

  #lost(end: StreamEnd): void {
    if (this.#moving) {
      this.#moving.end = end;
      return;
    }
    const refusal = end.error && refusalOfStream(end.error);
    if (refusal?.reason === 'replaced') this.#refuse(refusal);
    else this.#wait();
  }

  #refuse(refusal: Refusal): void {
    this.#leavePhase({ s: 'refused' });
    this.status.set({ state: 'refused', ...refusal });
  }

  /** Waits before the next attempt; without a network, until there is one. */
  #wait(): void {
    const { env, page } = this.#platform;
    if (!page.online()) {
      this.#leavePhase({ s: 'offline' });
      this.status.set({ state: 'offline' });
      return;
    }
    const delay = nextDelay(this.#failures, env.random);
    this.#failures++;
    this.#leavePhase({ s: 'waiting', stopTimer: env.clock.after(delay, () => void this.#connect()) });
    this.status.set({ state: 'reconnecting', attempt: this.#failures, retryAt: env.clock.now() + delay });
  }

  #wake(): void {
    if (this.#phase.s === 'waiting' || this.#phase.s === 'offline') void this.#connect();
    else this.#checkLink();
  }

  #checkLink(): void {
    if (this.#phase.s === 'online') this.#phase.stream.check();
  }

  /** Lets go of everything, having written down what is needed to go on. */
  #suspend(): void {
    const { s } = this.#phase;
    if (s === 'closed' || s === 'idle') return;
    const before = this.#leavePhase({ s: 'idle' });
    const { bosh: url } = this.#connector;
    const state = before.s === 'online' ? before.stream.suspend() : undefined;
    const bosh = state && url !== undefined ? { url, state } : this.#inherited;
    this.#inherited = undefined;
    if (this.#claim) this.#save(true, bosh);
    else this.#leaveBehind();
    this.#waiting = [];
    this.#unacknowledged = [];
    this.#undecided = true;
    this.#release();
    this.status.set({ state: 'idle' });
  }

  /** Lets go before it was known whether what is stored is ours: adds only what was to be sent. */
  #leaveBehind(): void {
    if (this.#waiting.length === 0) return;
    const untouched = this.#lastSaved !== undefined && this.#lastSaved === this.#tab.get(this.#tabKey);
    const found = loadSnapshot(this.#tab, this.#tabKey);
    storeSnapshot(this.#tab, this.#tabKey, {
      id: randomId(this.#platform.env.random),
      exact: false,
      unacknowledged: [],
      kept: this.#kept,
      ...found,
      waiting: [...(found?.waiting ?? []), ...this.#waiting],
    });
    if (untouched) this.#lastSaved = this.#tab.get(this.#tabKey);
  }

  #save(exact: boolean, bosh?: Snapshot['bosh']): void {
    if (!this.#claim) return;
    storeSnapshot(this.#tab, this.#tabKey, {
      id: this.#claim.id,
      exact,
      jid: this.#me.value?.jid,
      sm: this.#sm.save(),
      bosh,
      unacknowledged: this.#unacknowledged,
      waiting: this.#waiting,
      kept: this.#collect(),
    });
    this.#lastSaved = exact ? this.#tab.get(this.#tabKey) : undefined;
  }

  #collect(): ReadonlyMap<string, unknown> {
    const kept = new Map(this.#kept);
    for (const [section, save] of this.#keepers) kept.set(section, save());
    return kept;
  }

  #setMe(jid: FullJid): void {
    const account = accountOf(jid);
    const before = this.#me.value;
    if (account === undefined || before?.jid === jid) return;
    this.#me.set({ jid, account, guest: this.#identity.guest });
  }

  /** Enters another phase, undoing what the one before has running, but for its stream. */
  #leavePhase(next: Phase): Phase {
    const before = this.#phase;
    this.#phase = next;
    if (before.s === 'connecting') before.abort.abort();
    if (before.s === 'waiting') before.stopTimer();
    if (before.s === 'online') before.stop();
    return before;
  }

  #release(): void {
    this.#claim?.release();
    this.#claim = undefined;
  }

  #unlisten(): void {
    for (const off of this.#pageOffs) off();
    this.#pageOffs = [];
  }
}

/** Elements of stored texts: messages and presences; a request is repeated by whoever made it. */
function stanzasOf(texts: readonly string[]): readonly Element[] {
  return texts.flatMap((text) => {
    const element = parseFrame(text);
    return element && element.ns === NS.client && element.name !== 'iq' ? [element] : [];
  });
}

/** What sessions of one identity at one server have in common. */
function scopeOf({ auth, bosh, domain, server, websocket }: SessionOptions): string {
  const who = auth?.kind === 'password' ? `user ${auth.username}` : 'guest';
  return JSON.stringify([server ?? '', websocket ?? '', bosh ?? '', domain ?? '', who]);
}
