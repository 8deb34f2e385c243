import {
  accountOf,
  type BareJid,
  type Element,
  encodeSm,
  escapeAttr,
  type FullJid,
  isStreamErrorCondition,
  type Millis,
  randomId,
  type SmElement,
  type StreamError,
  serialize,
  streamError,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import { isRenewed } from '../kernel/grant.js';
import type { Session, SessionEnd, StanzaSource } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer, ServerLink } from '../link/server-link.js';
import type { StreamContext } from './context.js';
import { HandledCount, type HandledCountListener } from './handled-count.js';
import { Outbox, type OutboxOwner } from './outbox.js';
import { isStanza, probeOf } from './stanzas.js';
import type { Due } from './timer-wheel.js';

/** A stream as its session sees it: one link, while it lasts. */
export interface Attachment {
  readonly link: ServerLink;
  /** When the peer said something last, on the monotonic clock. */
  readonly heardAt: Millis;
  send(element: Element): void;
  /** Ends the stream and its link, with an error where there is one; the session is not told. */
  drop(error?: StreamError): void;
  /** Stanzas that were waited for have settled: there may be room for more. */
  goOn(): void;
}

/** Where a session is: fields exist only where they are true. */
type Place =
  | { readonly at: 'link'; readonly stream: Attachment }
  | { readonly at: 'hibernation'; readonly until: Millis; readonly claimant?: Attachment }
  | { readonly at: 'end' };

/** Stream management of a session, once it is on. */
interface Management {
  readonly id: string | undefined;
  readonly timeout: Millis;
}

/** A bound resource over any number of links, with or without stream management (XEP-0198). */
export class BoundSession implements Session, Due, HandledCountListener, OutboxOwner {
  readonly jid: FullJid;
  readonly account: BareJid;
  readonly toBytes: Buffer;
  /** The `id` of the user agent that bound it (XEP-0388), where it said one. */
  readonly clientId: string | undefined;
  readonly #context: StreamContext;
  #place: Place;
  #peer: Peer;
  #identity: Identity;
  #handled = new HandledCount(this);
  #management: Management | undefined;
  readonly #outbox: Outbox;
  #quiet: (() => void)[] = [];

  constructor(
    context: StreamContext,
    who: { readonly jid: FullJid; readonly identity: Identity; readonly clientId: string | undefined },
    stream: Attachment,
  ) {
    this.#context = context;
    this.jid = who.jid;
    this.#identity = who.identity;
    this.account = accountOf(who.jid) ?? who.identity.account;
    this.clientId = who.clientId;
    this.toBytes = context.addresses.keep(escapeAttr(who.jid));
    this.#place = { at: 'link', stream };
    this.#peer = stream.link.peer;
    this.#outbox = new Outbox(context, this, stream.link);
    context.sessions.add(this);
    context.wheel.schedule(this, stream.heardAt + context.host.limits.idleTimeout);
  }

  get identity(): Identity {
    return this.#identity;
  }

  get peer(): Peer {
    return this.#peer;
  }

  get hibernated(): boolean {
    return this.#place.at === 'hibernation';
  }

  /** Waits for nobody: it has no link, and no other stream is about to resume it. */
  get abandoned(): boolean {
    return this.#place.at === 'hibernation' && this.#place.claimant === undefined;
  }

  get ended(): boolean {
    return this.#place.at === 'end';
  }

  /** How many stanzas of the client are settled, as `h` says it. */
  get handled(): number {
    return this.#handled.count;
  }

  /** How many stanzas of the client are not settled yet. */
  get unsettled(): number {
    return this.#handled.waiting;
  }

  /** Bytes that are kept until the client acknowledges them, or until they are read behind a source. */
  get keptBytes(): number {
    return this.#outbox.keptBytes;
  }

  /** Bytes that the link has taken and the socket has not. */
  get linkBytes(): number {
    return this.#outbox.linkBytes;
  }

  get managed(): boolean {
    return this.#management !== undefined;
  }

  /** Takes a stanza of the client. */
  receive(stanza: Element): void {
    this.#handled.take(this.#context.host.receive(this, stanza));
  }

  /** Takes a stanza of the client that asks nothing of the rest of the server. */
  receiveQuietly(): void {
    this.#handled.take(undefined);
  }

  deliver(stanza: Element): void {
    const written = serialize(stanza);
    if (isStanza(stanza)) this.#outbox.take(written);
    else this.#outbox.say(written);
  }

  deliverShared(stanza: SharedStanza): void {
    this.#outbox.take(stanza);
  }

  deliverFrom(source: StanzaSource): void {
    this.#outbox.takeFrom(source);
  }

  end(why: SessionEnd, condition?: string): void {
    if (condition === undefined) this.finish(why);
    else this.finish(why, streamError(isStreamErrorCondition(condition) ? condition : 'undefined-condition'));
  }

  /** Ends it for good, once: the stream is closed, and what was not acknowledged is given back. */
  finish(why: SessionEnd, error?: StreamError): void {
    const place = this.#place;
    if (place.at === 'end') return;
    this.#place = { at: 'end' };
    const unacknowledged = this.#outbox.close();
    const { host, resumable, sessions, wheel } = this.#context;
    wheel.cancel(this);
    sessions.delete(this);
    const id = this.#management?.id;
    if (id !== undefined) resumable.remove(id, this, host.env.clock.monotonic());
    if (place.at === 'link') place.stream.drop(error);
    this.#tellQuiet();
    host.ended(this, why, unacknowledged);
  }

  /** Switches stream management on (XEP-0198 section 3); counting starts now. */
  manage(request: Extract<SmElement, { kind: 'enable' }>): SmElement & { kind: 'enabled' } {
    const { host, resumable } = this.#context;
    const timeout = Math.min((request.max ?? Number.POSITIVE_INFINITY) * 1000, host.limits.resumeTimeout);
    const id = request.resume ? randomId(host.env.random) : undefined;
    this.#handled = new HandledCount(this);
    this.#management = { id, timeout };
    this.#outbox.manage();
    if (id === undefined) return { kind: 'enabled', id, max: undefined };
    resumable.add(id, this);
    return { kind: 'enabled', id, max: Math.floor(timeout / 1000) };
  }

  /** Whether the client can have handled that many; the error for one that cannot. */
  judgeCount(h: number): StreamError | undefined {
    return this.#outbox.judgeCount(h);
  }

  /** Takes the client's count. @returns the error for one that is too high */
  acknowledge(h: number): StreamError | undefined {
    const error = this.#outbox.judgeCount(h);
    if (!error) this.#outbox.acknowledge(h);
    return error;
  }

  /**
   * Takes the session from the link that it has, for another that wants to resume it; the last who asks gets it.
   * Fulfils when everything that came over the old link is settled, so that the count then said is final: true when
   * the session is to be resumed by this stream.
   */
  async claim(claimant: Attachment): Promise<boolean> {
    if (this.#place.at === 'link') this.#place.stream.drop(streamError('conflict', 'resumed elsewhere'));
    if (this.#place.at === 'end') return false;
    this.#hibernate(claimant);
    if (this.#handled.waiting > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve));
    const place = this.#place as Place;
    return place.at === 'hibernation' && place.claimant === claimant;
  }

  /** Goes on over a new link, with what was not acknowledged first (XEP-0198 section 5). */
  resume(stream: Attachment, h: number, identity: Identity): void {
    this.#place = { at: 'link', stream };
    this.#peer = stream.link.peer;
    this.#context.wheel.schedule(this, stream.heardAt + this.#context.host.limits.idleTimeout);
    this.#outbox.resume(stream.link, h);
    this.#context.host.resumed(this);
    // Which of two credentials is to be asked about is known to the latest alone.
    if (!identity.holds && !isRenewed(this.#identity.grant, identity.grant)) return;
    const before = this.#identity.grant;
    this.#identity = identity;
    this.#context.host.renewed(this, before);
  }

  /** The link of a stream has ended without a `</close>`: the session waits, or ends where it cannot be resumed. */
  linkLost(stream: Attachment, why: SessionEnd = 'lost'): void {
    if (this.#place.at !== 'link' || this.#place.stream !== stream) return;
    if (this.#management?.id !== undefined) this.#hibernate();
    else if (why === 'lost') this.#context.host.churn.run(() => this.finish(why));
    else this.finish(why);
  }

  /** Called by the stream, too: the link has taken everything, so what was held back for a slow reader goes on. */
  readOn(): void {
    this.#outbox.goOn();
  }

  settled(): void {
    if (this.#handled.waiting === 0) this.#tellQuiet();
    if (this.#place.at !== 'link') return;
    const { stream } = this.#place;
    if (this.#management) stream.send(encodeSm({ kind: 'a', h: this.#handled.count }));
    stream.goOn();
  }

  unsettleable(reason: unknown): void {
    this.#context.host.log.error({ jid: this.jid, err: reason }, 'a stanza could not be settled');
    this.finish('lost', streamError('internal-server-error'));
  }

  /** Ends it when this turn is over: many may come to their bound in one fan-out, and each that leaves is told to others. */
  overflowed(error: StreamError): void {
    queueMicrotask(() => this.finish('overflow', error));
  }

  due(now: Millis): Millis | undefined {
    switch (this.#place.at) {
      case 'end':
        return undefined;
      case 'hibernation':
        if (now < this.#place.until) return this.#place.until;
        this.#context.host.churn.run(() => this.#expire(now));
        return undefined;
      case 'link':
        return this.#look(this.#place.stream, now);
    }
  }

  /** Ends, unless somebody has come back for it while it waited for its turn. */
  #expire(now: Millis): void {
    if (this.#place.at === 'hibernation' && now >= this.#place.until) this.finish('expired');
  }

  /** Asks what is to be asked of a link, and gives up one that has not answered in time. */
  #look(stream: Attachment, now: Millis): Millis | undefined {
    const watch = this.#outbox.watch.look(now, stream.heardAt);
    switch (watch.act) {
      case 'wait':
        return watch.until;
      case 'ask':
        stream.send(this.#management ? encodeSm({ kind: 'r' }) : probeOf(this.jid));
        return watch.until;
      case 'give-up':
        stream.drop(streamError('connection-timeout'));
        this.linkLost(stream);
        return this.#place.at === 'hibernation' ? this.#place.until : undefined;
    }
  }

  #hibernate(claimant?: Attachment): void {
    this.#outbox.detach();
    const { host, wheel } = this.#context;
    const until =
      this.#place.at === 'hibernation'
        ? this.#place.until
        : host.env.clock.monotonic() + (this.#management?.timeout ?? 0);
    this.#place = { at: 'hibernation', until, ...(claimant ? { claimant } : {}) };
    wheel.schedule(this, until);
  }

  #tellQuiet(): void {
    for (const resolve of this.#quiet.splice(0)) resolve();
  }
}
