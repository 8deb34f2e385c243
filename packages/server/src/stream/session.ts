import {
  accountOf,
  type BareJid,
  type Element,
  encodeSm,
  escapeAttr,
  type FullJid,
  handledCountTooHigh,
  isStreamErrorCondition,
  type Millis,
  randomId,
  type SmElement,
  type StreamError,
  serialize,
  streamError,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { Session, SessionEnd, StanzaSource } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer, ServerLink } from '../link/server-link.js';
import { Backlog } from './backlog.js';
import type { StreamContext } from './context.js';
import { HandledCount, type HandledCountListener } from './handled-count.js';
import { LinkWatch } from './link-watch.js';
import { isStanza, probeOf } from './stanzas.js';
import type { Due } from './timer-wheel.js';
import { type QueuedStanza, UnacknowledgedQueue } from './unacknowledged-queue.js';

/** Bytes of a source that a link is given at a time. */
const SLICE_BYTES = 65_536;

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
  readonly queue: UnacknowledgedQueue;
}

/** A bound resource over any number of links, with or without stream management (XEP-0198). */
export class BoundSession implements Session, Due, HandledCountListener {
  readonly jid: FullJid;
  readonly account: BareJid;
  readonly identity: Identity;
  readonly toBytes: Buffer;
  /** The `id` of the user agent that bound it (XEP-0388), where it said one. */
  readonly clientId: string | undefined;
  readonly #context: StreamContext;
  #place: Place;
  #peer: Peer;
  #handled = new HandledCount(this);
  #management: Management | undefined;
  readonly #watch: LinkWatch;
  #quiet: (() => void)[] = [];
  #overflowing = false;
  /** Set while something waits that was not read from its source yet, or that came behind it. */
  #backlog: Backlog | undefined;

  constructor(
    context: StreamContext,
    who: { readonly jid: FullJid; readonly identity: Identity; readonly clientId: string | undefined },
    stream: Attachment,
  ) {
    this.#context = context;
    this.jid = who.jid;
    this.identity = who.identity;
    this.account = accountOf(who.jid) ?? who.identity.account;
    this.clientId = who.clientId;
    this.toBytes = Buffer.from(escapeAttr(who.jid));
    this.#place = { at: 'link', stream };
    this.#peer = stream.link.peer;
    this.#watch = new LinkWatch(context.host.limits);
    context.sessions.add(this);
    context.wheel.schedule(this, stream.heardAt + context.host.limits.idleTimeout);
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
    return (this.#management?.queue.bytes ?? 0) + (this.#backlog?.bytes ?? 0);
  }

  /** Bytes that the link has taken and the socket has not. */
  get linkBytes(): number {
    return this.#place.at === 'link' ? this.#place.stream.link.queuedBytes : 0;
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
    if (isStanza(stanza)) this.#take(written);
    else if (this.#place.at === 'link') this.#place.stream.link.send(written);
  }

  deliverShared(stanza: SharedStanza): void {
    this.#take(stanza);
  }

  deliverFrom(source: StanzaSource): void {
    if (this.#place.at === 'end') return;
    this.#backlog ??= new Backlog(this.toBytes);
    this.#backlog.pushSource(source);
    this.#pump();
    this.#considerAsking();
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
    const { host, resumable, sessions, wheel } = this.#context;
    wheel.cancel(this);
    sessions.delete(this);
    const management = this.#management;
    if (management?.id !== undefined) resumable.remove(management.id, this, host.env.clock.monotonic());
    if (place.at === 'link') place.stream.drop(error);
    this.#tellQuiet();
    const unwritten = this.#backlog?.texts() ?? [];
    this.#backlog = undefined;
    host.ended(this, why, [...(management?.queue.texts() ?? []), ...unwritten]);
  }

  /** Switches stream management on (XEP-0198 section 3); counting starts now. */
  manage(request: Extract<SmElement, { kind: 'enable' }>): SmElement & { kind: 'enabled' } {
    const { host, resumable } = this.#context;
    const timeout = Math.min((request.max ?? Number.POSITIVE_INFINITY) * 1000, host.limits.resumeTimeout);
    const id = request.resume ? randomId(host.env.random) : undefined;
    this.#handled = new HandledCount(this);
    this.#management = { id, timeout, queue: new UnacknowledgedQueue(this.toBytes) };
    if (id === undefined) return { kind: 'enabled', id, max: undefined };
    resumable.add(id, this);
    return { kind: 'enabled', id, max: Math.floor(timeout / 1000) };
  }

  /** Whether the client can have handled that many; the error for one that cannot. */
  judgeCount(h: number): StreamError | undefined {
    const queue = this.#management?.queue;
    if (!queue || queue.accepts(h)) return undefined;
    const text = `you acknowledged ${h} stanzas, but I only sent you ${queue.sent} so far`;
    return streamError('undefined-condition', text, handledCountTooHigh(h, queue.sent));
  }

  /** Takes the client's count. @returns the error for one that is too high */
  acknowledge(h: number): StreamError | undefined {
    const error = this.judgeCount(h);
    if (error) return error;
    this.#management?.queue.acknowledge(h);
    this.#watch.answered();
    this.#pump();
    this.#considerAsking();
    return undefined;
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
  resume(stream: Attachment, h: number): void {
    this.#place = { at: 'link', stream };
    this.#peer = stream.link.peer;
    this.#watch.begin();
    this.#management?.queue.rewind();
    this.#management?.queue.acknowledge(h);
    this.#context.wheel.schedule(this, stream.heardAt + this.#context.host.limits.idleTimeout);
    this.#pump();
    this.#considerAsking();
    this.#context.host.resumed(this);
  }

  /** The link of a stream has ended without a `</close>`: the session waits, or ends where it cannot be resumed. */
  linkLost(stream: Attachment, why: SessionEnd = 'lost'): void {
    if (this.#place.at !== 'link' || this.#place.stream !== stream) return;
    if (this.#management?.id === undefined) this.finish(why);
    else this.#hibernate();
  }

  /** Called by the stream, too: the link has taken everything, so what was held back for a slow reader goes on. */
  readOn(): void {
    this.#pump();
    this.#considerAsking();
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

  due(now: Millis): Millis | undefined {
    switch (this.#place.at) {
      case 'end':
        return undefined;
      case 'hibernation':
        if (now < this.#place.until) return this.#place.until;
        this.finish('expired');
        return undefined;
      case 'link':
        return this.#look(this.#place.stream, now);
    }
  }

  /** Asks what is to be asked of a link, and gives up one that has not answered in time. */
  #look(stream: Attachment, now: Millis): Millis | undefined {
    const watch = this.#watch.look(now, stream.heardAt);
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

  #take(stanza: QueuedStanza): void {
    const queue = this.#management?.queue;
    if (this.#place.at === 'end' || this.#overflowing) return;
    if (this.#backlog) {
      this.#wait(this.#backlog, stanza);
      return;
    }
    if (!queue) {
      if (this.#place.at === 'link') this.#send(this.#place.stream, stanza);
      return;
    }
    queue.push(stanza);
    if (queue.bytes > this.#context.host.limits.unacknowledgedBytes) {
      this.#overflow(streamError('resource-constraint', 'too much was not acknowledged'));
      return;
    }
    // While older stanzas wait for the link to take them, newer ones wait behind them.
    if (this.#place.at !== 'link' || queue.unwritten > 1) return;
    this.#pump();
    this.#considerAsking();
  }

  /** Lets a stanza wait behind a source; it counts for the same bounds as what is written already. */
  #wait(backlog: Backlog, stanza: QueuedStanza): void {
    backlog.push(stanza);
    const { queueBytes, unacknowledgedBytes } = this.#context.host.limits;
    const queue = this.#management?.queue;
    if (queue) {
      if (queue.bytes + backlog.bytes <= unacknowledgedBytes) return;
      this.#overflow(streamError('resource-constraint', 'too much was not acknowledged'));
    } else if (
      this.#place.at === 'link' &&
      this.#place.stream.link.queuedBytes + backlog.bytes > queueBytes
    ) {
      this.#overflow(streamError('policy-violation', 'you read too slowly'));
    }
  }

  /** Writes to the link, and gives up one that takes too little. */
  #send(stream: Attachment, stanza: QueuedStanza): void {
    this.#write(stream.link, stanza);
    if (stream.link.queuedBytes <= this.#context.host.limits.queueBytes) return;
    this.#overflow(streamError('policy-violation', 'you read too slowly'));
  }

  /**
   * Ends it when this turn is over, and takes nothing more: many may come to their bound in one fan-out, and each
   * that leaves is told to the others.
   */
  #overflow(error: StreamError): void {
    if (this.#overflowing) return;
    this.#overflowing = true;
    queueMicrotask(() => this.finish('overflow', error));
  }

  #write(link: ServerLink, stanza: QueuedStanza): void {
    if (typeof stanza === 'string') link.send(stanza);
    else link.write(stanza, this.toBytes);
  }

  /** Writes what is queued and not yet written, as far as the link takes it; the rest follows when it has drained. */
  #pump(): void {
    const queue = this.#management?.queue;
    const room = this.#context.host.limits.queueBytes / 2;
    while (this.#place.at === 'link' && this.#place.stream.link.queuedBytes <= room) {
      const { link } = this.#place.stream;
      const stanza = queue?.next() ?? this.#fetch(link);
      if (stanza === undefined) return;
      this.#write(link, stanza);
    }
  }

  /**
   * Takes the next stanza out of the backlog, unless the link has a slice to go on with: others have their turn then.
   * Nor is more read from a source while half of what may be is not acknowledged: the rest is for live stanzas.
   */
  #fetch(link: ServerLink): QueuedStanza | undefined {
    const { queueBytes, unacknowledgedBytes } = this.#context.host.limits;
    const queue = this.#management?.queue;
    if (!this.#backlog || link.queuedBytes > Math.min(SLICE_BYTES, queueBytes / 2)) return undefined;
    if (queue && queue.bytes > unacknowledgedBytes / 2) return undefined;
    const stanza = this.#nextWaiting(this.#backlog);
    if (stanza === undefined) {
      if (this.#backlog.isEmpty) this.#backlog = undefined;
      return undefined;
    }
    queue?.push(stanza);
    queue?.next();
    return stanza;
  }

  /** A source that fails is cut short; the session and what waits behind it go on. */
  #nextWaiting(backlog: Backlog): QueuedStanza | undefined {
    for (;;) {
      try {
        return backlog.next();
      } catch (err) {
        this.#context.host.log.error({ jid: this.jid, err }, 'a source of stanzas failed');
      }
    }
  }

  #considerAsking(): void {
    const queue = this.#management?.queue;
    if (!queue || this.#place.at !== 'link') return;
    const next = this.#watch.consider(queue, this.#context.host.env.clock.monotonic());
    if (next === 'ask') this.#place.stream.send(encodeSm({ kind: 'r' }));
    else if (next !== undefined) this.#context.wheel.schedule(this, next);
  }

  #hibernate(claimant?: Attachment): void {
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
