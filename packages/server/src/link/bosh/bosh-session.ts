import {
  type BoshBody,
  type BoshCondition,
  type Clock,
  type Element,
  encodeClose,
  encodeOpen,
  type LinkEnd,
  type Millis,
} from '@meerkat-chat/xmpp';
import type { SharedStanza } from '../../kernel/shared-stanza.js';
import type { Peer, ServerLink } from '../server-link.js';
import { type BoshLimits, SWEEP } from './bosh-limits.js';
import { type BoshCarrier, BoshLink } from './bosh-link.js';
import { Eagerness } from './eagerness.js';
import type { Exchange } from './exchange.js';
import { type HeldRequest, HeldRequests } from './held-requests.js';
import { KeySequence } from './key-sequence.js';
import { Outbox } from './outbox.js';
import type { ReadBody } from './read-body.js';
import { bodyOf, EMPTY, httpStatus, RECOVERABLE, terminateOf } from './replies.js';
import { ReplyCache } from './reply-cache.js';
import { type Request, RequestOrder } from './request-order.js';
import { agreeOn, firstReply, type SessionTerms } from './session-terms.js';
import { StreamWords } from './stream-words.js';

/** How long a stream has to say its last word after the client has said `terminate`. */
export const FAREWELL: Millis = 5_000;

/** What a session needs of its manager. */
export interface SessionHost {
  readonly clock: Clock;
  readonly limits: BoshLimits;
  /** Reads a frame of our own. */
  own(frame: string): Element | undefined;
  /** Hears that nothing is left to be said, so the session can be forgotten. */
  gone(session: BoshSession): void;
}

/** What a session begins with. */
export interface SessionStart {
  readonly sid: string;
  /** The client's first body. */
  readonly body: BoshBody & { readonly rid: number };
  readonly peer: Peer;
  /** How large a frame may be at first, in bytes. */
  readonly frameBytes: number;
}

/**
 * One session of BOSH (XEP-0124, XEP-0206): takes requests in the order of their ids whatever the order in which
 * they come, and gives the stream behind it the frames of RFC 7395. It has no timer: `tick` tells it the time.
 */
export class BoshSession implements BoshCarrier {
  readonly sid: string;
  readonly terms: SessionTerms;
  readonly #host: SessionHost;
  readonly #created: SessionStart['body'];
  readonly #link: BoshLink;
  readonly #words: StreamWords;
  readonly #order: RequestOrder;
  readonly #keys: KeySequence;
  readonly #eagerness: Eagerness;
  readonly #cache: ReplyCache;
  readonly #held = new HeldRequests();
  readonly #outbox = new Outbox();
  /** `closing`: the stream has ended, and what it said last leaves at the end of this turn. */
  #phase: 'closing' | 'open' | 'over' = 'open';
  #closeReason: string | undefined;
  #greeted = false;
  /** When the client has said `terminate`. */
  #leftAt: Millis | undefined;
  /** Since when nobody waits, and how long that may last. */
  #idleSince: Millis;
  #grace: Millis;
  #releaseAll = false;
  #flushing = false;
  /** True while the stream cannot take more: requests wait for their turn. */
  #isHeld = false;
  #taking = false;
  #report: Pick<BoshBody, 'report' | 'time'> | undefined;
  /** The last word, for a client that was not there to hear it. */
  #farewell: Buffer | undefined;

  constructor(start: SessionStart, host: SessionHost) {
    const { limits } = host;
    this.sid = start.sid;
    this.terms = agreeOn(start.body, limits);
    this.#host = host;
    this.#created = start.body;
    this.#link = new BoshLink(start.peer, this, start.frameBytes);
    this.#words = new StreamWords((frame) => host.own(frame));
    this.#order = new RequestOrder(start.body.rid, this.terms.requests);
    this.#keys = new KeySequence(start.body.newkey);
    this.#eagerness = new Eagerness(limits.polling, this.terms.hold === 0 ? 0 : limits.emptyRequests);
    this.#cache = new ReplyCache(this.terms.requests, limits.cacheBytes);
    this.#grace = limits.inactivity;
    this.#idleSince = this.#now;
  }

  get link(): ServerLink {
    return this.#link;
  }

  /** How large a child of a body may be now, in bytes. */
  get frameBytes(): number {
    return this.#link.frameBytes;
  }

  get queuedBytes(): number {
    return this.#outbox.bytes;
  }

  /** Requests are what shows that a client is there; without them the session ends by itself. */
  get heardAt(): Millis {
    return this.#now;
  }

  hold(held: boolean): void {
    this.#isHeld = held;
    if (!held && !this.#taking) this.#takeAll(this.#order.takeNext());
  }

  /** Takes a request of the client's. */
  receive(read: ReadBody, exchange: Exchange): void {
    const { key, pause, rid = 0, type } = read.body;
    // One more than agreed is allowed for a last word (XEP-0124 section 12).
    const extra = pause !== undefined || type === 'terminate' ? 1 : 0;
    const place = this.#order.place(rid, extra);
    if (this.#phase === 'over') this.#sayFarewell(exchange);
    else if (place === 'known') this.#repeated(rid, key, exchange);
    else if (place === 'beyond') this.fail('item-not-found', exchange);
    else if (place === 'early' || this.#isHeld)
      this.#keep(rid, extra, { ...read, exchange, since: this.#now });
    else this.#takeAll({ ...read, exchange, since: this.#now });
  }

  /** Ends the session for what the client did. @param offender the request that did it */
  fail(condition: BoshCondition, offender?: Exchange): void {
    if (this.#phase === 'over') this.#sayFarewell(offender);
    else this.#end({ clean: false, reason: condition }, condition, offender);
  }

  /** Does what is due by now; called every `SWEEP`. */
  tick(): void {
    const now = this.#now;
    if (this.#phase === 'over') {
      if (now - this.#idleSince >= this.#host.limits.inactivity) this.#forget();
    } else if (this.#leftAt !== undefined && now - this.#leftAt >= FAREWELL) {
      this.#end({ clean: true, reason: 'terminate' });
    } else if (
      !this.#isHeld &&
      this.#order.early.some(({ since }) => now - since >= this.#host.limits.inactivity)
    ) {
      // What should have come before has been missing for as long as anything may.
      this.fail('item-not-found');
    } else if (!this.#isAwaited) {
      if (now - this.#idleSince >= this.#grace) this.#expire();
    } else {
      this.#answerDue(now);
    }
  }

  say(frame: string): void {
    if (this.#phase !== 'open') return;
    switch (this.#words.hear(frame, !this.#greeted)) {
      case 'open':
        return;
      case 'close':
      case 'error':
        this.close(undefined);
        return;
      case 'frame':
        this.#outbox.text(frame);
        this.#flushSoon();
    }
  }

  carry(stanza: SharedStanza, to: Buffer): void {
    if (this.#phase !== 'open') return;
    this.#outbox.stanza(stanza, to);
    this.#flushSoon();
  }

  close(reason: string | undefined): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'closing';
    this.#closeReason = reason;
    this.#flushSoon();
  }

  get #now(): Millis {
    return this.#host.clock.monotonic();
  }

  /** True when somebody waits for an answer, be it out of turn. */
  get #isAwaited(): boolean {
    return this.#held.waiting > 0 || this.#order.early.some(({ exchange }) => exchange);
  }

  #keep(rid: number, extra: number, request: Request): void {
    const before = this.#order.keep(rid, request);
    before?.exchange?.answer(200, RECOVERABLE);
    this.#watch(request);
    if (this.#held.waiting + this.#order.early.length > this.terms.requests + extra) {
      this.fail('policy-violation');
    }
  }

  #takeAll(first: Request | undefined): void {
    this.#taking = true;
    for (let next = first; next && this.#phase === 'open'; ) {
      this.#take(next);
      next = this.#isHeld ? undefined : this.#order.takeNext();
    }
    this.#taking = false;
  }

  #take({ body, frames, exchange }: Request): void {
    const isFirst = body === this.#created;
    const held = { rid: this.#order.advance(), key: body.key, exchange, since: this.#now };
    this.#held.add(held);
    this.#watch(held);
    const isEmpty = frames.length === 0 && !isFirst && !body.restart && body.type === undefined;
    if (!isFirst && !this.#keys.accept(body.key, body.newkey)) {
      this.fail('item-not-found');
    } else if (this.#isTooMuch(body, isEmpty)) {
      this.fail('policy-violation');
    } else {
      if (!isFirst && this.terms.acks) this.#acknowledged(body.ack);
      this.#grace = body.pause === undefined ? this.#host.limits.inactivity : body.pause * 1000;
      this.#releaseAll ||= body.pause !== undefined;
      if (isFirst || body.restart) this.#link.hear(this.#openOf(body));
      for (const frame of frames) if (this.#phase === 'open') this.#link.hear(frame);
      if (body.type === 'terminate' && this.#phase === 'open') {
        this.#leftAt = this.#now;
        this.#link.hear(encodeClose());
      }
      this.#flushSoon();
    }
  }

  #isTooMuch(body: BoshBody, isEmpty: boolean): boolean {
    if (body.pause !== undefined) return body.pause * 1000 > this.#host.limits.maxPause;
    if (isEmpty) return this.#eagerness.empty(this.#now);
    this.#eagerness.reset();
    return false;
  }

  /** The client has had the replies up to that one; which it should have had and has not is told to it. */
  #acknowledged(rid: number | undefined): void {
    if (rid === undefined) return;
    this.#cache.acknowledged(rid);
    const missed = this.#cache.get(rid + 1);
    if (missed) this.#report = { report: rid + 1, time: Math.floor(this.#now - missed.at) };
  }

  #openOf(body: BoshBody): Element {
    const { from, lang = this.#created.lang, to = this.#created.to, xmppVersion } = body;
    return encodeOpen({
      ...(to === undefined ? {} : { to }),
      ...(from === undefined ? {} : { from }),
      ...(lang === undefined ? {} : { lang }),
      ...(xmppVersion === undefined ? {} : { version: xmppVersion }),
    });
  }

  /** The same request again: its reply was lost on the way, or its asker has gone and come back. */
  #repeated(rid: number, key: string | undefined, exchange: Exchange): void {
    const held = this.#held.get(rid);
    const stored = this.#cache.get(rid);
    if (held && held.key === key) {
      held.exchange?.answer(200, RECOVERABLE);
      held.exchange = exchange;
      held.since = this.#now;
      this.#watch(held);
      this.#flushSoon();
    } else if (stored && stored.key === key) {
      if (!this.#isAwaited) this.#idleSince = this.#now;
      exchange.answer(200, stored.body);
    } else {
      this.fail('item-not-found', exchange);
    }
  }

  /** Notices when the asker of a request goes away. */
  #watch(request: { exchange: Exchange | undefined }): void {
    const { exchange } = request;
    exchange?.onGone(() => {
      if (request.exchange !== exchange) return;
      request.exchange = undefined;
      if (!this.#isAwaited) this.#idleSince = this.#now;
    });
  }

  /** What is said in one turn leaves in one body. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#phase === 'closing') {
        const reason = this.#closeReason;
        this.#end({ clean: true, ...(reason === undefined ? {} : { reason }) }, this.#words.condition);
      } else if (this.#phase === 'open' && this.#words.isReady) {
        this.#flush();
      }
    });
  }

  #flush(): void {
    const hadSomething = !this.#outbox.isEmpty;
    for (let oldest = this.#held.oldest; oldest; oldest = this.#held.oldest) {
      if (!oldest.exchange) {
        // Who has gone and has been followed by another request does not come back for something new.
        if (this.#held.count === 1) break;
        this.#answer(oldest, []);
      } else if (!this.#outbox.isEmpty) {
        this.#answer(oldest, this.#outbox.take(this.#host.limits.replyBytes));
      } else if (this.#releaseAll || this.#held.count > this.terms.hold) {
        this.#answer(oldest, []);
      } else {
        break;
      }
    }
    this.#releaseAll = false;
    if (hadSomething && this.#outbox.isEmpty) this.#link.drained();
  }

  /** Ticks are rare: rather one too early than one too late, when the client has given up. */
  #answerDue(now: Millis): void {
    for (let due = this.#held.oldest; due; due = this.#held.oldest) {
      if (now - due.since + SWEEP <= this.terms.wait) return;
      if (!this.#words.isReady) {
        // Who polls does not wait, but the stream needs a moment for its features.
        if (now - due.since >= FAREWELL) this.fail('remote-connection-failed');
        return;
      }
      this.#answer(due, []);
    }
  }

  #answer(request: HeldRequest, frames: readonly Buffer[]): void {
    const { rid, key, exchange } = request;
    const body = bodyOf(this.#attributes(rid), frames, !this.#greeted);
    this.#greeted = true;
    if (frames.length > 0) this.#eagerness.reset();
    this.#held.shift();
    this.#cache.put(rid, { body, at: this.#now, key });
    exchange?.answer(200, body);
    if (!this.#isAwaited) this.#idleSince = this.#now;
  }

  #attributes(rid: number): BoshBody {
    if (!this.#greeted) {
      return firstReply(this.terms, this.#host.limits, { sid: this.sid, rid }, this.#words.opening);
    }
    const report = this.#report;
    this.#report = undefined;
    const { last } = this.#order;
    return { ...report, ...(this.terms.acks && last !== rid ? { ack: last } : {}) };
  }

  #expire(): void {
    this.#end({ clean: false, reason: 'inactive' });
    this.#forget();
  }

  #end(end: LinkEnd, condition?: BoshCondition, offender?: Exchange): void {
    this.#phase = 'over';
    this.#idleSince = this.#now;
    const frames = this.#outbox.take();
    if (this.#words.error !== undefined) frames.push(Buffer.from(this.#words.error));
    const body = terminateOf(condition, frames);
    const status = condition && this.terms.version === undefined ? httpStatus(condition) : 200;
    const waiting = [...this.#held.clear(), ...this.#order.early].flatMap(({ exchange }) => exchange ?? []);
    this.#order.clear();
    const [oldest, ...others] = waiting.filter((exchange) => exchange !== offender);
    offender?.answer(status, body);
    oldest?.answer(status, body);
    for (const exchange of others) exchange.answer(200, EMPTY);
    if (!offender && !oldest) this.#farewell = body;
    this.#link.finish(end);
    if (!this.#farewell) this.#forget();
  }

  #sayFarewell(exchange: Exchange | undefined): void {
    exchange?.answer(200, this.#farewell ?? terminateOf('item-not-found'));
    this.#forget();
  }

  #forget(): void {
    this.#farewell = undefined;
    this.#host.gone(this);
  }
}
