import {
  accountOf,
  type Element,
  type FullJid,
  type Millis,
  type Off,
  randomId,
  serializePlain,
  withAttrs,
} from '@meerkat-chat/xmpp';
import type { ChatStatus, Me } from '../chat.js';
import type { ChatOptions } from '../chat-options.js';
import { insist } from '../lazy.js';
import { Listeners } from '../listeners.js';
import type { Platform } from '../platform.js';
import { Writable } from '../readable.js';
import { Connector } from './connector.js';
import { EndpointMemory } from './endpoint-memory.js';
import type { HandOver, HandOverHost } from './hand-over.js';
import { Identity } from './identity.js';
import { type LazyParts, ON_DEMAND } from './lazy-parts.js';
import { Outgoing } from './outgoing.js';
import { nextDelay, STABLE_AFTER } from './reconnect-policy.js';
import type { Refusal } from './refusal.js';
import { declined, Requests } from './requests.js';
import { DEFAULT_SESSION_SETTINGS, type SessionSettings } from './settings.js';
import type { Snapshot } from './snapshot.js';
import { SafeStorage } from './storage.js';
import type { Stream, StreamEnd, StreamHost } from './stream.js';
import { type Found, TabMemory } from './tab-memory.js';
import { onWake } from './wake.js';
import { isFleeting, whoOf } from './who.js';
import type { XmppSession } from './xmpp-session.js';

export type SessionOptions = Pick<ChatOptions, 'auth' | 'bosh' | 'domain' | 'server' | 'websocket'> & {
  readonly settings?: Partial<SessionSettings>;
};

type Online = Parameters<Parameters<XmppSession['onOnline']>[0]>[0];

/** Where the session stands; `status` is what a page is told of it. */
type Phase =
  | { readonly s: 'idle' | 'refused' | 'closed' | 'offline'; readonly stop?: undefined }
  | { readonly s: 'connecting' | 'waiting'; readonly stop: Off }
  | { readonly s: 'online'; readonly stream: Stream; readonly stop: Off };

/** One signed-in stream over any number of links: the heart of the SDK. */
export class Session implements XmppSession {
  /** What is told, and to whom: all of it goes over to the session that takes the place of this one. */
  #told = {
    status: new Writable<ChatStatus>({ state: 'idle' }),
    me: new Writable<Me | undefined>(undefined),
    stanzas: new Listeners<Element>(),
    onlines: new Listeners<Online>(),
    confirmed: new Listeners<void>(),
  };
  readonly #platform: Platform;
  readonly #settings: SessionSettings;
  readonly #tab: TabMemory;
  readonly #identity: Identity;
  readonly #memory: EndpointMemory;
  readonly #connector: Connector;
  readonly #parts: LazyParts;
  #handOver: HandOver | undefined;
  readonly #requests: Requests;
  readonly #outgoing = new Outgoing();
  #phase: Phase = { s: 'idle' };
  #pageOffs: readonly Off[] = [];
  #failures = 0;
  /**
   * Features do not know the session that we have: it was bound and lost again before they heard of it, or another page
   * has gone on with it. Even if it is resumed, it is fresh to them.
   */
  #untold = false;
  /** The BOSH session of the page before, while nobody has gone on with it yet. */
  #inherited: Snapshot['bosh'];

  constructor(options: SessionOptions, platform: Platform, parts: LazyParts = ON_DEMAND) {
    const { auth = { kind: 'guest' } } = options;
    this.#platform = platform;
    this.#parts = parts;
    this.#settings = { ...DEFAULT_SESSION_SETTINGS, ...options.settings };
    const scope = scopeOf(options);
    const kept: Platform = isFleeting(auth) ? { ...platform, storage: nowhere } : platform;
    const local = new SafeStorage(() => kept.storage('local'));
    this.#tab = new TabMemory(kept, `meerkat.tab ${scope}`, parts.readBack);
    this.#identity = new Identity(local, `meerkat.identity ${scope}`, auth, platform);
    this.#memory = new EndpointMemory(local, `meerkat.endpoint ${scope}`);
    this.#requests = new Requests(platform.env.clock);
    const session = this;
    this.#connector = new Connector({
      platform,
      options,
      settings: this.#settings,
      parts,
      memory: this.#memory,
      identity: this.#identity,
      get sm() {
        return session.#outgoing.sm;
      },
      host: () => this.#streamHost(),
      lost: (texts) => this.#outgoing.lost(texts),
      proving: () => this.status.set({ state: 'connecting', proving: true }),
    });
  }

  get status(): Writable<ChatStatus> {
    return this.#told.status;
  }

  get me(): Writable<Me | undefined> {
    return this.#told.me;
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
    const { s } = this.#phase;
    if (s === 'idle') this.start();
    else if (s === 'refused') void this.#connect();
    else this.#wake();
  }

  prove(answer: string): void {
    this.#identity.proof = answer;
    this.retry();
  }

  suspend(): void {
    this.#suspend();
    this.#unlisten();
    // What would come of them is the next page's.
    this.#requests.failAll();
  }

  async signOut(): Promise<void> {
    const before = this.#enter({ s: 'closed' });
    this.#unlisten();
    this.#outgoing.forget();
    const { token, clientId } = this.#identity.forget();
    this.#tab.forget();
    this.#requests.failAll();
    this.me.set(undefined);
    this.status.set({ state: 'closed' });
    if (before.s === 'online') before.stream.finish();
    this.#tab.release();
    try {
      const mechanism = await token;
      if (mechanism) await (await this.#parts.secondLink()).giveUpToken(this.#connector, mechanism, clientId);
    } catch {
      // The token expires by itself.
    }
  }

  succeed(before: Session): void {
    const own = this.#told;
    this.#told = before.#told;
    before.#told = own;
    this.#tab.inherit(before.#tab);
    this.me.set(own.me.value);
    this.status.set(own.status.value);
  }

  abandon(): readonly Element[] {
    return this.#outgoing.abandon();
  }

  send(stanza: Element): void {
    this.#outgoing.send(serializePlain(stanza), this.#phase.s === 'online' ? this.#phase.stream : undefined);
  }

  request(iq: Element): Promise<Element> {
    const numbered = withAttrs(iq, { id: randomId(this.#platform.env.random) });
    const answer = this.#requests.wait(numbered);
    this.send(numbered);
    return answer;
  }

  onStanza(listener: (stanza: Element) => void): Off {
    return this.#told.stanzas.add(listener);
  }

  holds(id: string): boolean {
    return this.#outgoing.holds(id);
  }

  onAcknowledged(listener: () => void): Off {
    return this.#told.confirmed.add(listener);
  }

  onOnline(listener: (how: Online) => void): Off {
    return this.#told.onlines.add(listener);
  }

  keep(...keeper: Parameters<XmppSession['keep']>): void {
    this.#tab.keep(...keeper);
  }

  /** Finds out what of the page before is ours, and goes on with it. */
  async #begin(): Promise<void> {
    const signal = this.#connecting();
    await this.#tab.claim(signal, (found) => {
      const bosh = this.#restore(found);
      // From here on what is stored is only good for its rows, should this page not live to say otherwise.
      this.#save(false);
      this.#inherited = bosh;
      if (bosh) void this.#adopt(bosh, signal);
      else {
        this.#outgoing.decided();
        void this.#connect();
      }
    });
  }

  /** Goes on with the BOSH session of the page before. */
  async #adopt({ url, state }: NonNullable<Snapshot['bosh']>, signal: AbortSignal): Promise<void> {
    await this.#connector.resolve(signal);
    const bosh = await this.#parts.bosh().catch(() => undefined);
    if (signal.aborted) return;
    if (!bosh) {
      this.#wait();
      return;
    }
    const stream = bosh.adopt(this.#connector, url, state);
    this.#inherited = undefined;
    this.#online(stream, { kind: 'resumed' }, false);
  }

  /** Takes up what the page before has left. @returns the BOSH session to go on with */
  #restore({ snapshot: found, foreign }: Found): Snapshot['bosh'] {
    const usable = found?.bosh !== undefined || (found?.sm !== undefined && this.#identity.provable);
    const resumable = usable && found?.exact === true && found.jid !== undefined;
    this.#outgoing.restore(found, resumable);
    // Back from the back/forward cache: a page after us may have gone on with the session.
    this.#untold ||= found !== undefined && (foreign || found.untold === true);
    if (!resumable) return undefined;
    this.#setMe(found.jid);
    return found.bosh;
  }

  #connecting(): AbortSignal {
    const abort = new AbortController();
    const attempt = this.#failures + 1;
    const again = this.me.value !== undefined || this.#failures > 0;
    this.#enter(
      { s: 'connecting', stop: () => abort.abort() },
      again ? { state: 'reconnecting', attempt } : { state: 'connecting' },
    );
    return abort.signal;
  }

  async #connect(): Promise<void> {
    if (this.#isOffline()) return;
    const signal = this.#connecting();
    if (this.#inherited) {
      await this.#adopt(this.#inherited, signal);
      return;
    }
    const attempted = await this.#connector.connect(signal);
    if (signal.aborted) {
      if (attempted.kind === 'settled') attempted.stream.drop();
    } else if (attempted.kind === 'settled') this.#online(attempted.stream, attempted.outcome, true);
    else if (attempted.kind === 'refused') this.#refuse(attempted.refusal);
    else this.#wait();
  }

  /** Without a network it is waited for; true where that is so. */
  #isOffline(): boolean {
    if (this.#platform.page.online()) return false;
    this.#enter({ s: 'offline' }, { state: 'offline' });
    return true;
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
    const abort = new AbortController();
    this.#handOver = undefined;
    this.#moveInTime(stream, abort.signal);
    const stop = (): void => {
      stable();
      abort.abort();
    };
    this.#enter({ s: 'online', stream, stop });
    if (outcome.kind === 'bound') {
      this.#setMe(outcome.jid);
      this.#requests.failAll();
      this.#untold = true;
      this.#outgoing.bound();
    }
    if (stream.ended) {
      this.#outgoing.decided();
      this.#wait();
      return;
    }
    this.#outgoing.settled();
    stream.settle(resend && outcome.kind === 'resumed', () => {
      this.status.set({ state: 'online', link, resumed: outcome.kind === 'resumed' });
      const fresh = this.#untold;
      this.#untold = false;
      const unacknowledged = fresh ? this.#outgoing.takeUnacknowledged() : [];
      this.#told.onlines.call(fresh ? { kind: 'fresh', unacknowledged } : { kind: 'resumed' });
      this.#outgoing.flush(stream);
    });
  }

  /** Looks for a better link, or has the site's token renewed, as long as this stream lasts. */
  #moveInTime(stream: Stream, signal: AbortSignal): void {
    if (stream.link.kind !== 'bosh' && this.#identity.kind !== 'token') return;
    const { clock } = this.#platform.env;
    const load = insist(clock, this.#parts.secondLink, (off) => signal.addEventListener('abort', off));
    void load.then(({ moveInTime }) => {
      if (signal.aborted) return;
      const host: HandOverHost = {
        moved: (moved) => this.#online(moved, { kind: 'resumed' }, true),
        lost: (end) => this.#lost(end),
      };
      this.#handOver = moveInTime(this.#connector, stream, host, signal);
    });
  }

  #streamHost(): StreamHost {
    return {
      stanza: (element) => this.#hear(element),
      acknowledged: () => this.#told.confirmed.call(),
      ended: (end) => this.#lost(end),
      visible: () => this.#platform.page.visible(),
    };
  }

  #hear(element: Element): void {
    if (element.name !== 'iq') {
      this.#told.stanzas.call(element);
      return;
    }
    const { type } = element.attrs;
    if (type === 'result' || type === 'error') this.#requests.settle(element, this.me.value?.jid);
    else if (type === 'get' || type === 'set') this.send(declined(element));
  }

  #lost(end: StreamEnd): void {
    if (this.#handOver?.holds(end)) return;
    const { condition, text } = end.error ?? {};
    // The session was opened elsewhere, and is not fought for.
    if (condition === 'conflict') this.#refuse({ reason: 'replaced', text });
    else this.#wait();
  }

  #refuse({ retryAfter, ...refusal }: Refusal): void {
    const again = (time: Millis): Off => this.#platform.env.clock.after(time, () => void this.#connect());
    this.#enter(retryAfter ? { s: 'waiting', stop: again(retryAfter) } : { s: 'refused' }, {
      state: 'refused',
      ...refusal,
    });
  }

  /** Waits before the next attempt. */
  #wait(): void {
    const { clock, random } = this.#platform.env;
    if (this.#isOffline()) return;
    const delay = nextDelay(this.#failures, random);
    this.#failures++;
    this.#enter(
      { s: 'waiting', stop: clock.after(delay, () => void this.#connect()) },
      { state: 'reconnecting', attempt: this.#failures, retryAt: clock.now() + delay },
    );
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
    const before = this.#enter({ s: 'idle' });
    const url = this.#connector.endpoints?.bosh;
    const state = before.s === 'online' ? before.stream.suspend() : undefined;
    const bosh = state && url !== undefined ? { url, state } : this.#inherited;
    this.#inherited = undefined;
    if (this.#tab.claimed) this.#save(true, bosh);
    else this.#tab.leaveBehind(this.#outgoing.keep().waiting);
    this.#outgoing.leave();
    this.#tab.release();
    this.status.set({ state: 'idle' });
  }

  #save(exact: boolean, bosh?: Snapshot['bosh']): void {
    this.#tab.save({ exact, untold: this.#untold, jid: this.me.value?.jid, bosh, ...this.#outgoing.keep() });
  }

  #setMe(jid: FullJid): void {
    const account = accountOf(jid);
    const before = this.me.value;
    if (account === undefined || before?.jid === jid) return;
    this.me.set({ jid, account, guest: this.#identity.guest });
  }

  /** Enters another phase, undoing what the one before has running, but for its stream. @returns the one before */
  #enter(next: Phase, status?: ChatStatus): Phase {
    const before = this.#phase;
    this.#phase = next;
    before.stop?.();
    if (status) this.status.set(status);
    return before;
  }

  #unlisten(): void {
    for (const off of this.#pageOffs) off();
    this.#pageOffs = [];
  }
}

/** What sessions of one identity at one server have in common. */
function scopeOf({ auth, bosh, domain, server, websocket }: SessionOptions): string {
  return JSON.stringify([server ?? '', websocket ?? '', bosh ?? '', domain ?? '', whoOf(auth)]);
}

/** Storage for who must leave nothing behind: `SafeStorage` remembers for as long as the page lives. */
function nowhere(): never {
  throw new Error();
}
