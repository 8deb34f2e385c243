import {
  accountOf,
  type BareJid,
  type Element,
  escapeAttr,
  type FullJid,
  parseFullJid,
  serialize,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { Grant } from '../kernel/grant.js';
import type { Settled } from '../kernel/hooks.js';
import type { Session, SessionEnd, StanzaSource } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer } from '../link/server-link.js';
import type { Router } from '../router/router.js';
import { Backlog } from '../stream/backlog.js';
import { HeldStanzas } from '../stream/held-stanzas.js';
import { textOf } from '../stream/unacknowledged-queue.js';
import { parseXml } from './parse-xml.js';

const PEER: Peer = { transport: 'memory', address: '127.0.0.1', secure: true, origin: undefined };

/** A bound session without a stream: a test speaks for the client and reads what it was delivered. */
export class FakeSession implements Session {
  readonly jid: FullJid;
  readonly account: BareJid;
  identity: Identity;
  peer: Peer = PEER;
  readonly toBytes: Buffer;
  hibernated = false;
  /** While true, what comes from a source waits for `pulls`, and everything sent later waits behind it. */
  slow = false;
  /** Why it ended, and with which stream error; undefined as long as it is bound. */
  ended: { readonly why: SessionEnd; readonly streamError: string | undefined } | undefined;
  readonly #router: Router;
  readonly #inbox: Element[] = [];
  readonly #backlog: Backlog;
  readonly #readers: ((element: Element) => void)[] = [];

  /** @param address `user@domain/resource` */
  constructor(router: Router, address: string, kind: Identity['kind'], grant?: Grant) {
    const jid = parseFullJid(address);
    const account = jid && accountOf(jid);
    if (!jid || !account) throw new TypeError(`${address} cannot be the address of a session`);
    this.#router = router;
    this.jid = jid;
    this.account = account;
    this.identity = { account, kind, ...(grant && { grant }) };
    this.toBytes = Buffer.from(escapeAttr(jid));
    this.#backlog = new Backlog(this.toBytes, new HeldStanzas());
  }

  /** Goes on under another credential. */
  renews(credential: Pick<Identity, 'grant' | 'holds'>): void {
    const before = this.identity.grant;
    const { account, kind } = this.identity;
    this.identity = { account, kind, ...credential };
    this.#router.renewed(this, before);
  }

  /** Sends as the client would: any element, addressed to whom it likes. Awaited, it is settled and answered. */
  sends(element: Element): Settled {
    return this.#router.receive(this, element);
  }

  /** The oldest delivered element that was not read yet. @throws Error when there is none */
  receives(): Element {
    const [element] = this.#inbox.splice(0, 1);
    if (!element) throw new Error(`${this.jid} has received nothing`);
    return element;
  }

  /** The same, or the next one to come. */
  async next(): Promise<Element> {
    if (this.#inbox.length > 0) return this.receives();
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** Everything delivered that was not read yet, which counts as read then. */
  takes(): Element[] {
    return this.#inbox.splice(0);
  }

  deliver(stanza: Element): void {
    if (this.ended) return;
    if (this.#backlog.isEmpty) this.#hear(stanza);
    else this.#backlog.push(serialize(stanza));
  }

  deliverShared(stanza: SharedStanza): void {
    if (this.ended) return;
    if (this.#backlog.isEmpty) this.#hear(this.#read(stanza));
    else this.#backlog.push(stanza);
  }

  deliverFrom(source: StanzaSource): void {
    if (this.ended) return;
    this.#backlog.pushSource(source);
    this.readOn();
  }

  readOn(): void {
    if (!this.slow) this.pulls();
  }

  /** Takes what waits in or behind a source, all of it by default. */
  pulls(count = Number.POSITIVE_INFINITY): void {
    for (let left = count; left > 0 && !this.ended; left--) {
      const next = this.#backlog.next();
      if (next === undefined) return;
      this.#hear(this.#read(next));
    }
  }

  #read(stanza: SharedStanza | string): Element {
    const element = parseXml(textOf(stanza, this.toBytes));
    if (!element) throw new Error(`a stanza for ${this.jid} is not well-formed`);
    return element;
  }

  #hear(stanza: Element): void {
    const reader = this.#readers.shift();
    if (reader) reader(stanza);
    else this.#inbox.push(stanza);
  }

  /** Ends it; what was delivered and not read yet counts as unacknowledged. */
  end(why: SessionEnd, streamError?: string): void {
    if (this.ended) return;
    this.ended = { why, streamError };
    this.#router.ended(this, why, [
      ...this.takes().map((element) => serialize(element)),
      ...this.#backlog.clear().map((stanza) => textOf(stanza, this.toBytes)),
    ]);
  }
}
