import {
  type Element,
  el,
  elements,
  encodeOpen,
  type LinkEnd,
  type Millis,
  NS,
  type Off,
  serialize,
  serializeFrame,
} from '@meerkat-chat/xmpp';
import type { Platform } from '../platform.js';
import { parseFrame } from '../session/frame.js';
import type { BoshRequest, BoshState } from './bosh-state.js';
import { type ClientLink, isSecureUrl, NO_ENDPOINT } from './client-link.js';
import { LinkListeners } from './link-listeners.js';
import { MAX_TRIES, Poster } from './poster.js';

/** What we ask of the server: to hold one request, for at most so long (seconds). */
const WAIT = 60;
/** How much longer than that an answer may take before the request is sent again. */
const WAIT_GRACE: Millis = 10_000;
/** How long the answer to the first request may take; it is not held. */
const CREATE_TIMEOUT: Millis = 10_000;
/** Frames that wait for a request, all together; a link that cannot get rid of them is dead. */
const MAX_WAITING = 10_000;
/**
 * Frames that travel together, in UTF-16 units: at three bytes each at most far below what servers take in one body
 * (ours twice 256 KiB). A larger frame travels alone.
 */
const MAX_PORTION = 20_000;
const RESTART = `{${NS.xbosh}}restart`;
const VERSION = `{${NS.xbosh}}version`;

/** How one request stands. */
interface Pending extends BoshRequest {
  /** Its answer begins a stream: creation or restart. */
  readonly opens: boolean;
  /** It carries nothing: the one that waits for the server. */
  readonly idle: boolean;
  readonly abort: AbortController;
  answer: Element | undefined;
  /** How often the server asked for it again. */
  repeats: number;
}

/**
 * BOSH (XEP-0124, XEP-0206) as a link: `<open/>` becomes the creation or the restart of a session, `<close/>` its
 * termination, and each child of a `<body/>` is one frame. Answers are processed in the order of their requests,
 * whatever order they come in; a request that failed is repeated byte for byte.
 */
export class BoshLink implements ClientLink {
  readonly kind = 'bosh';
  readonly secure: boolean;
  readonly #listeners = new LinkListeners();
  readonly #poster: Poster;
  readonly #waiting: string[];
  readonly #unanswered: Pending[] = [];
  #to: string | undefined;
  #sid: string;
  #rid: number;
  #requests: number;
  #wait: number;
  #acks: boolean;
  /** A wish to pump that is not yet fulfilled: frames of one turn travel together. */
  #pumping = false;
  #terminating = false;

  /**
   * @param cookies whether the cookies of the server's site go along
   * @param saved goes on with a session of another page, without a word of its own
   */
  constructor(platform: Pick<Platform, 'env' | 'fetch'>, url: string, cookies: boolean, saved?: BoshState) {
    this.secure = isSecureUrl(url);
    this.#poster = new Poster(platform, url, cookies);
    this.#sid = saved?.sid ?? '';
    this.#rid = saved?.rid ?? firstRid(platform);
    this.#requests = saved?.requests ?? 2;
    this.#wait = saved?.wait ?? WAIT;
    this.#acks = saved?.acks ?? false;
    this.#waiting = [...(saved?.waiting ?? [])];
    for (const request of saved?.unanswered ?? []) this.#post(request, false, false);
    if (saved) this.#pumpSoon();
  }

  send(text: string): void {
    if (this.#listeners.ended || this.#terminating) return;
    if (this.#waiting.push(text) > MAX_WAITING) this.#finish({ clean: false, reason: 'queue is full' });
    else this.#pumpSoon();
  }

  close(): void {
    if (this.#listeners.ended) return;
    this.#pump();
    this.#finish({ clean: true }, true);
  }

  suspend(): BoshState | undefined {
    const live = !this.#listeners.ended && this.#sid !== '' && !this.#terminating;
    const state: BoshState = {
      sid: this.#sid,
      rid: this.#rid,
      requests: this.#requests,
      wait: this.#wait,
      acks: this.#acks,
      unanswered: this.#unanswered.map(({ body, rid }) => ({ body, rid })),
      waiting: [...this.#waiting],
    };
    this.#finish({ clean: true });
    return live ? state : undefined;
  }

  onText(listener: (text: string) => void): Off {
    return this.#listeners.onText(listener);
  }

  onClose(listener: (end: LinkEnd) => void): Off {
    return this.#listeners.onClose(listener);
  }

  #pumpSoon(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  /** Sends what waits, or keeps one empty request at the server. */
  #pump(): void {
    if (this.#listeners.ended || this.#terminating) return;
    const first = this.#waiting[0];
    if (this.#sid === '') {
      if (first && isOpen(first) && this.#unanswered.length === 0) this.#create(first);
      return;
    }
    if (first === undefined) {
      if (this.#unanswered.length === 0) this.#request({}, '');
      return;
    }
    // One request more is allowed for the one that terminates (section 11).
    const allowed = this.#requests + (this.#waiting.some(isClose) ? 1 : 0);
    if (this.#unanswered.length >= allowed) return;
    if (isOpen(first)) {
      this.#waiting.shift();
      this.#request({ to: this.#to, [RESTART]: 'true' }, '', true);
      return;
    }
    const frames = this.#portion();
    this.#terminating = isClose(this.#waiting[0] ?? '');
    this.#request(this.#terminating ? { type: 'terminate' } : {}, frames.join(''));
    if (this.#waiting.length > 0) this.#pump();
  }

  /** Takes the frames of the next body: none of the stream's own, and no more than may travel together. */
  #portion(): string[] {
    let size = 0;
    const end = this.#waiting.findIndex((text, index) => {
      size += text.length;
      return isOpen(text) || isClose(text) || (index > 0 && size > MAX_PORTION);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  #create(frame: string): void {
    this.#waiting.shift();
    const opening = parseFrame(frame);
    this.#to = opening?.attrs.to;
    this.#request(
      {
        to: this.#to,
        from: opening?.attrs.from,
        'xml:lang': 'en',
        wait: WAIT,
        hold: 1,
        ver: '1.6',
        ack: 1,
        content: 'text/xml; charset=utf-8',
        [VERSION]: '1.0',
      },
      '',
      true,
    );
  }

  #request(
    attrs: Readonly<Record<string, string | number | undefined>>,
    payload: string,
    opens = false,
  ): void {
    const rid = this.#rid++;
    const processed = (this.#unanswered[0]?.rid ?? rid) - 1;
    const ack = this.#acks && processed < rid - 1 ? processed : undefined;
    const sid = this.#sid || undefined;
    const head = serialize(el('body', NS.httpBind, { rid, sid, ack, ...attrs }));
    const body = payload === '' ? head : `${head.slice(0, -2)}>${payload}</body>`;
    this.#post({ rid, body }, opens, payload === '' && !opens && !this.#terminating);
  }

  #post(request: BoshRequest, opens: boolean, idle: boolean): void {
    const pending: Pending = {
      ...request,
      opens,
      idle,
      abort: new AbortController(),
      answer: undefined,
      repeats: 0,
    };
    this.#unanswered.push(pending);
    void this.#exchange(pending);
  }

  async #exchange(pending: Pending): Promise<void> {
    const creates = this.#sid === '';
    const timeout = creates ? CREATE_TIMEOUT : this.#wait * 1000 + WAIT_GRACE;
    // A session that cannot be created is not insisted on: whoever opens links knows when to try again.
    const tries = creates ? 1 : MAX_TRIES;
    const reply = await this.#poster.post(pending.body, { timeout, tries, signal: pending.abort.signal });
    if (this.#listeners.ended) return;
    if (!reply.ok) return this.#finish({ clean: false, reason: reply.error });
    const body = parseFrame(reply.value);
    if (body?.name !== 'body' || body.ns !== NS.httpBind) {
      return this.#finish({ clean: false, reason: NO_ENDPOINT });
    }
    // A recoverable error (XEP-0124 section 17.3): every unanswered request is repeated, this one too.
    if (body.attrs.type === 'error' && ++pending.repeats < MAX_TRIES) return void this.#exchange(pending);
    pending.answer = body;
    this.#process();
  }

  #process(): void {
    for (let first = this.#unanswered[0]; first?.answer; first = this.#unanswered[0]) {
      this.#unanswered.shift();
      this.#hear(first.answer, first.opens);
      if (this.#listeners.ended) return;
    }
    this.#pumpSoon();
  }

  #hear(body: Element, opens: boolean): void {
    if (this.#sid === '') this.#adopt(body);
    if (opens && body.attrs.type !== 'terminate') {
      const { authid, from } = body.attrs;
      this.#listeners.hear(serialize(encodeOpen({ ...(from && { from }), ...(authid && { id: authid }) })));
    }
    for (const node of elements(body)) {
      if (this.#listeners.ended) return;
      this.#listeners.hear(serializeFrame(node.ns === NS.httpBind ? asClient(node) : node));
    }
    if (body.attrs.type === 'terminate') {
      const { condition } = body.attrs;
      this.#finish({ clean: condition === undefined, reason: condition ?? 'terminated' });
    } else if (this.#terminating && this.#unanswered.length === 0) {
      this.#finish({ clean: true });
    } else if (this.#sid === '') {
      this.#finish({ clean: false, reason: 'no sid' });
    }
  }

  #adopt({ attrs }: Element): void {
    this.#sid = attrs.sid ?? '';
    this.#requests = Math.min(Math.max(count(attrs.requests) ?? 2, 1), 16);
    this.#wait = Math.min(count(attrs.wait) ?? WAIT, WAIT);
    this.#acks = attrs.ack !== undefined;
  }

  /** @param flush lets requests that carry something go on; empty ones only hold a connection */
  #finish(end: LinkEnd, flush = false): void {
    for (const { abort, idle } of this.#unanswered) if (idle || !flush) abort.abort();
    this.#listeners.finish(end);
  }
}

/** Starts large but leaves room for 2^52 requests, so that ids stay exact (XEP-0124 section 14.1). */
function firstRid({ env }: Pick<Platform, 'env'>): number {
  return env.random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0) + 1;
}

function isOpen(text: string): boolean {
  return text.startsWith('<open ');
}

function isClose(text: string): boolean {
  return text.startsWith('<close ');
}

function count(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

/** Servers exist that forget the namespace of what is inside a body. */
function asClient(node: Element): Element {
  const children = node.children.map((inner) =>
    typeof inner !== 'string' && inner.ns === NS.httpBind ? asClient(inner) : inner,
  );
  return el(node.name, NS.client, node.attrs, ...children);
}
