import {
  encodeSm,
  type FullJid,
  handledCountTooHigh,
  type StreamError,
  serializeFrame,
  streamError,
} from '@meerkat-chat/xmpp';
import { isRedeliverable } from '../kernel/redeliverable.js';
import type { StanzaSource } from '../kernel/session.js';
import type { ServerLink } from '../link/server-link.js';
import { Backlog } from './backlog.js';
import type { StreamContext } from './context.js';
import type { StreamLimits } from './limits.js';
import { LinkWatch } from './link-watch.js';
import { type QueuedStanza, textOf, UnacknowledgedQueue } from './unacknowledged-queue.js';

/** Bytes of a source that a link is given at a time. */
const SLICE_BYTES = 32_768;
/** How far the client has come (XEP-0198 section 4). */
const QUESTION = serializeFrame(encodeSm({ kind: 'r' }));
const TOO_SLOW = streamError('policy-violation', 'you read too slowly');

/** Whose outbox it is. */
export interface OutboxOwner {
  readonly jid: FullJid;
  /** The address as it stands in shared stanzas. */
  readonly toBytes: Buffer;
  /** More waits than may; from now on nothing is taken. */
  overflowed(error: StreamError): void;
}

/**
 * What a session is sent, from being taken until the client has acknowledged it: written to the link that there is as
 * far as that takes it, kept while there is none. Order is that of being taken, whatever happens to links.
 */
export class Outbox {
  /** When the client is to be asked something. */
  readonly watch: LinkWatch;
  readonly #context: StreamContext;
  readonly #limits: StreamLimits;
  readonly #owner: OutboxOwner;
  #link: ServerLink | undefined;
  /** Set once stream management is on. */
  #queue: UnacknowledgedQueue | undefined;
  /** Set while something waits that was not read from its source yet, or that came behind it. */
  #backlog: Backlog | undefined;
  #closed = false;

  constructor(context: StreamContext, owner: OutboxOwner, link: ServerLink) {
    this.#context = context;
    this.#limits = context.host.limits;
    this.#owner = owner;
    this.#link = link;
    this.watch = new LinkWatch(this.#limits);
  }

  /** Bytes that are kept until the client acknowledges them, or until they are read behind a source. */
  get keptBytes(): number {
    return (this.#queue?.bytes ?? 0) + (this.#backlog?.bytes ?? 0);
  }

  /** Bytes that the link has taken and the socket has not. */
  get linkBytes(): number {
    return this.#link?.queuedBytes ?? 0;
  }

  /** From now on what is sent is kept until it was acknowledged; counting starts. */
  manage(): void {
    this.#queue = new UnacknowledgedQueue(this.#owner.toBytes, this.#context.held);
  }

  /** There is no link for now. */
  detach(): void {
    this.#link = undefined;
  }

  /** Goes on over a new link, with what was not acknowledged first (XEP-0198 section 5). */
  resume(link: ServerLink, h: number): void {
    this.#link = link;
    this.watch.begin();
    this.#queue?.rewind();
    this.#queue?.acknowledge(h);
    this.goOn();
  }

  /** Ends it. @returns what nobody acknowledged and somebody else may get, as text */
  close(): string[] {
    this.#closed = true;
    this.#link = undefined;
    const left = [this.#queue?.clear() ?? [], this.#backlog?.clear() ?? []];
    this.#backlog = undefined;
    const texts: string[] = [];
    // A crowd that does not come back leaves millions of references, nearly all to what is given back to nobody.
    for (const stanzas of left) {
      for (const stanza of stanzas) {
        const goes = typeof stanza === 'string' ? isRedeliverable(stanza) : stanza.redeliverable;
        if (goes) texts.push(textOf(stanza, this.#owner.toBytes));
      }
    }
    return texts;
  }

  /** Sends what is no stanza, if there is a link; it is not kept. */
  say(text: string): void {
    this.#link?.send(text);
  }

  /**
   * Takes a stanza. This is the hot path: for a client that keeps up, a reference in its queue, the bytes in the gathered
   * write of its link, and a glance at whether to ask.
   */
  take(stanza: QueuedStanza): void {
    if (this.#closed) return;
    if (this.#backlog) {
      this.#wait(this.#backlog, stanza);
      return;
    }
    const link = this.#link;
    const queue = this.#queue;
    const { queueBytes, unacknowledgedBytes } = this.#limits;
    if (!queue) {
      if (!link) return;
      this.#write(link, stanza);
      if (link.queuedBytes > queueBytes) this.#overflow();
      return;
    }
    queue.push(stanza);
    if (queue.bytes > unacknowledgedBytes) {
      this.#overflow();
      return;
    }
    // While older stanzas wait for the link to take them, newer ones wait behind them.
    if (!link || queue.unwritten > 1 || link.queuedBytes > queueBytes / 2) return;
    queue.next();
    this.#write(link, stanza);
    this.#considerAsking(link, queue);
  }

  /** Takes what a source yields, read as the link takes it; what is taken later comes behind. */
  takeFrom(source: StanzaSource): void {
    if (this.#closed) return;
    this.#backlog ??= new Backlog(this.#owner.toBytes, this.#context.held);
    this.#backlog.pushSource(source);
    this.goOn();
  }

  /** Whether the client can have handled that many; the error for one that cannot. */
  judgeCount(h: number): StreamError | undefined {
    const queue = this.#queue;
    if (!queue || queue.accepts(h)) return undefined;
    const text = `you acknowledged ${h} stanzas, but I only sent you ${queue.sent} so far`;
    return streamError('undefined-condition', text, handledCountTooHigh(h, queue.sent));
  }

  /** Lets go of what the client has handled, and goes on. @param h a count that was judged */
  acknowledge(h: number): void {
    this.#queue?.acknowledge(h);
    this.watch.answered();
    this.goOn();
  }

  /** Writes what is not yet written, as far as the link takes it; the rest follows when it has drained. */
  goOn(): void {
    const link = this.#link;
    const queue = this.#queue;
    if (!link || this.#closed) return;
    const room = this.#limits.queueBytes / 2;
    while (link === this.#link && link.queuedBytes <= room) {
      const stanza = queue?.next() ?? this.#fetch(link);
      if (stanza === undefined) break;
      this.#write(link, stanza);
    }
    if (queue) this.#considerAsking(link, queue);
  }

  /** Lets a stanza wait behind a source; it counts for the same bounds as what is written already. */
  #wait(backlog: Backlog, stanza: QueuedStanza): void {
    backlog.push(stanza);
    const { queueBytes, unacknowledgedBytes } = this.#limits;
    const queued = this.#queue ? this.#queue.bytes : (this.#link?.queuedBytes ?? 0);
    if (queued + backlog.bytes > (this.#queue ? unacknowledgedBytes : queueBytes)) this.#overflow();
  }

  #write(link: ServerLink, stanza: QueuedStanza): void {
    if (typeof stanza === 'string') link.send(stanza);
    else link.write(stanza, this.#owner.toBytes);
  }

  /**
   * Takes the next stanza out of the backlog, unless the link has a slice to go on with: others have their turn then.
   * Nor is more read from a source while half of what may be is not acknowledged: the rest is for live stanzas.
   */
  #fetch(link: ServerLink): QueuedStanza | undefined {
    const { queueBytes, unacknowledgedBytes } = this.#limits;
    const queue = this.#queue;
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
        this.#context.host.log.error({ jid: this.#owner.jid, err }, 'a source of stanzas failed');
      }
    }
  }

  /** The question leaves in the same write as what was just written. */
  #considerAsking(link: ServerLink, queue: UnacknowledgedQueue): void {
    if (this.watch.rides(queue, this.#context.wheel.now)) link.send(QUESTION);
  }

  #overflow(): void {
    this.#closed = true;
    this.#owner.overflowed(TOO_SLOW);
  }
}
