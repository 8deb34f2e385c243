import { el, elements, encodeOpen, NS, serialize, serializeFrame } from '@meerkat-chat/xmpp';
import { linkPair, type PairedLink } from '@meerkat-chat/xmpp/testing';
import type { FetchLike } from '../../platform.js';
import { parseFrame } from '../frame.js';

interface Held {
  readonly rid: number;
  answer(body: string): void;
}

interface BoshSession {
  readonly sid: string;
  readonly ours: PairedLink;
  /** The highest request processed. */
  rid: number;
  /** Requests that wait for something to say, oldest first. */
  held: Held[];
  /** What there is to say, frame by frame. */
  out: string[];
  readonly answers: Map<number, string>;
}

/** A connection manager of BOSH in memory (XEP-0124), holding one request, in front of a server of links. */
export class FakeBosh {
  readonly #accept: (link: PairedLink) => void;
  readonly #sessions = new Map<string, BoshSession>();
  #ids = 0;
  /** What HTTP answers. */
  status = 200;
  /** Requests arrive, answers do not. */
  swallow = false;
  requests = 0;

  constructor(accept: (link: PairedLink) => void) {
    this.#accept = accept;
  }

  readonly fetch: FetchLike = (_url, { body = '', signal }) => {
    this.requests++;
    if (this.status !== 200) return Promise.resolve({ status: this.status, text: async () => '' });
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      const lost = this.swallow;
      this.#request(body, (text) => {
        if (!lost) queueMicrotask(() => resolve({ status: 200, text: async () => text }));
      });
    });
  };

  /** Every session is gone, as after a restart. */
  forget(): void {
    for (const { ours } of this.#sessions.values()) ours.cut();
    this.#sessions.clear();
  }

  #request(text: string, answer: (body: string) => void): void {
    const body = parseFrame(text);
    if (!body) throw new Error(`not a body: ${text}`);
    const rid = Number(body.attrs.rid);
    if (body.attrs.sid === undefined) {
      this.#create(rid, answer);
      return;
    }
    const session = this.#sessions.get(body.attrs.sid);
    if (!session) {
      answer(serialize(el('body', NS.httpBind, { type: 'terminate', condition: 'item-not-found' })));
      return;
    }
    const again = session.answers.get(rid);
    if (again !== undefined) {
      answer(again);
      return;
    }
    if (rid <= session.rid) {
      // A repetition of one that is still held: the newer copy gets the answer.
      session.held = session.held.filter((held) => held.rid !== rid);
    } else {
      if (rid !== session.rid + 1) throw new Error(`request ${rid} after ${session.rid}`);
      session.rid = rid;
      for (const node of elements(body)) session.ours.send(serializeFrame(node));
    }
    session.held.push({ rid, answer });
    session.held.sort((a, b) => a.rid - b.rid);
    if (body.attrs.type === 'terminate') session.ours.close();
    queueMicrotask(() => this.#pump(session));
  }

  #create(rid: number, answer: (body: string) => void): void {
    const [ours, theirs] = linkPair({ auto: true });
    const session: BoshSession = {
      sid: `sid${++this.#ids}`,
      ours,
      rid,
      held: [],
      out: [],
      answers: new Map(),
    };
    this.#sessions.set(session.sid, session);
    let opened = false;
    ours.onText((text) => {
      if (text.startsWith('<open')) return;
      if (opened) {
        session.out.push(text);
        queueMicrotask(() => this.#pump(session));
        return;
      }
      opened = true;
      const attrs = { sid: session.sid, wait: 60, requests: 2, hold: 1, from: 'server.example', ack: rid };
      const head = serialize(el('body', NS.httpBind, attrs));
      answer(`${head.slice(0, -2)}>${text}</body>`);
    });
    this.#accept(theirs);
    ours.send(serialize(encodeOpen({ to: 'server.example' })));
  }

  #pump(session: BoshSession): void {
    while (session.held.length > 1 || (session.held.length === 1 && session.out.length > 0)) {
      const held = session.held.shift();
      const head = serialize(el('body', NS.httpBind));
      const body =
        session.out.length > 0 ? `${head.slice(0, -2)}>${session.out.splice(0).join('')}</body>` : head;
      if (!held) return;
      session.answers.set(held.rid, body);
      for (const rid of session.answers.keys()) if (rid <= session.rid - 2) session.answers.delete(rid);
      held.answer(body);
    }
  }
}
