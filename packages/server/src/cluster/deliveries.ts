import { assertNever, type Element } from '@meerkat-chat/xmpp';
import type { Logger } from '../kernel/logger.js';
import type { Session } from '../kernel/session.js';
import { SharedStanza } from '../kernel/shared-stanza.js';
import type { LocalSessions } from './local-sessions.js';
import type { Delivery, SessionNumber } from './node-message.js';
import type { Outbox } from './outbox.js';
import { RemoteSource } from './remote-source.js';

/** Hands what one other node sends to the sessions of this one, and keeps who of them is in which of its groups. */
export class Deliveries {
  readonly #sessions: LocalSessions;
  readonly #outbox: Outbox;
  readonly #parse: (xml: string) => Element | undefined;
  readonly #log: Logger;
  readonly #groups = new Map<number, Map<SessionNumber, Session>>();
  readonly #sources = new Map<number, { readonly session: Session; readonly source: RemoteSource }>();

  constructor(parts: {
    readonly sessions: LocalSessions;
    readonly outbox: Outbox;
    readonly parse: (xml: string) => Element | undefined;
    readonly log: Logger;
  }) {
    this.#sessions = parts.sessions;
    this.#outbox = parts.outbox;
    this.#parse = parts.parse;
    this.#log = parts.log;
  }

  /** Groups and sources of the other node that have to do with sessions here. */
  get size(): number {
    return this.#groups.size + this.#sources.size;
  }

  /** Sessions that have ended since it was sent are passed over. */
  take(delivery: Delivery): void {
    switch (delivery.type) {
      case 'one':
        this.#one(delivery.session, delivery.xml);
        return;
      case 'some': {
        const stanza = SharedStanza.ofText(delivery.xml);
        for (const number of delivery.sessions) this.#sessions.get(number)?.deliverShared(stanza);
        return;
      }
      case 'member':
        if (delivery.is) this.#enter(delivery.group, delivery.session);
        else this.#exit(delivery.group, delivery.session);
        return;
      case 'group': {
        const stanza = SharedStanza.ofText(delivery.xml);
        for (const session of this.#groups.get(delivery.group)?.values() ?? []) session.deliverShared(stanza);
        return;
      }
      case 'source':
        this.#begin(delivery.source, delivery.session);
        return;
      case 'more':
        this.#more(delivery.source, delivery.xml, delivery.end);
        return;
      case 'end':
        this.#sessions.get(delivery.session)?.end(delivery.why, delivery.streamError);
        return;
      default:
        assertNever(delivery);
    }
  }

  /** A session of this node has ended. Its groups hear of it from the other node. */
  ended(session: Session): void {
    for (const [number, reading] of this.#sources) {
      if (reading.session === session) this.#sources.delete(number);
    }
  }

  /** The other node has gone: its sources have come to their end, so that what waits behind them goes on. */
  end(): void {
    this.#groups.clear();
    for (const number of [...this.#sources.keys()]) this.#more(number, [], true);
  }

  #one(number: SessionNumber, xml: string): void {
    const element = this.#parse(xml);
    if (element) this.#sessions.get(number)?.deliver(element);
    else this.#log.error({ session: number }, 'another node sent something that is not a stanza');
  }

  #enter(group: number, number: SessionNumber): void {
    const session = this.#sessions.get(number);
    if (!session) return;
    const members = this.#groups.get(group) ?? new Map<SessionNumber, Session>();
    this.#groups.set(group, members);
    members.set(number, session);
  }

  #exit(group: number, number: SessionNumber): void {
    const members = this.#groups.get(group);
    members?.delete(number);
    if (members?.size === 0) this.#groups.delete(group);
  }

  #begin(number: number, of: SessionNumber): void {
    const session = this.#sessions.get(of);
    if (!session) return;
    const source = new RemoteSource((count) => this.#outbox.send({ type: 'pull', source: number, count }));
    this.#sources.set(number, { session, source });
    session.deliverFrom(source);
  }

  #more(number: number, xml: readonly string[], end: boolean): void {
    const reading = this.#sources.get(number);
    if (!reading) return;
    if (end) this.#sources.delete(number);
    reading.source.push(xml, end);
    reading.session.readOn();
  }
}
