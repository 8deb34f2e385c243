import { type Element, type Stanza, serialize } from '@meerkat-chat/xmpp';
import type { Settled } from '../kernel/hooks.js';
import type { Logger } from '../kernel/logger.js';
import type { Session } from '../kernel/session.js';
import type { Shard, ShardMembers } from '../kernel/shard.js';
import { sentStanza } from '../router/redelivery.js';
import type { Sessions } from '../router/sessions.js';
import { Deliveries } from './deliveries.js';
import type { LocalSessions } from './local-sessions.js';
import type { NodeMessage, SessionNumber, SessionRecord } from './node-message.js';
import { Outbox } from './outbox.js';
import { Readings } from './readings.js';
import { RemoteMembers } from './remote-members.js';
import { RemoteSession } from './remote-session.js';
import { Tasks } from './tasks.js';

/** What a node needs of its own server to work with another. */
export interface NodeParts {
  readonly local: LocalSessions;
  /** Everybody's, by address: those of other nodes are entered here, too. */
  readonly sessions: Sessions;
  readonly log: Logger;
  readonly parse: (xml: string) => Element | undefined;
  /** Takes a stanza that another node has passed on. */
  route(stanza: Stanza, session: Session | undefined): Settled;
  /** A session of another node has gone from what is here. */
  left(session: Session): void;
}

/** One other node, as long as it can be reached: its sessions, and what is under way between it and this one. */
export class RemoteNode implements Shard {
  readonly outbox: Outbox;
  readonly readings: Readings;
  readonly #parts: NodeParts;
  readonly #deliveries: Deliveries;
  readonly #tasks = new Tasks();
  readonly #sessions = new Map<SessionNumber, RemoteSession>();
  #groups = 0;

  constructor(parts: NodeParts, send: (message: NodeMessage) => void) {
    this.#parts = parts;
    this.outbox = new Outbox(send);
    this.readings = new Readings(this.outbox, parts.log);
    this.#deliveries = new Deliveries({
      sessions: parts.local,
      outbox: this.outbox,
      parse: parts.parse,
      log: parts.log,
    });
  }

  /** What is kept for it: its sessions, and all that is under way in either direction. */
  get stats(): { readonly sessions: number; readonly underWay: number } {
    return {
      sessions: this.#sessions.size,
      underWay: this.#tasks.size + this.readings.size + this.#deliveries.size,
    };
  }

  members(): ShardMembers {
    return new RemoteMembers(++this.#groups, this.outbox);
  }

  /** Passes a stanza on; @returns what is settled when that node says so, and rejects when it goes before that. */
  give(stanza: Stanza, session: SessionNumber | undefined): Settled {
    const xml = serialize(stanza.el);
    if (session === undefined) {
      this.outbox.send({ type: 'stanza', task: 0, session, xml });
      return undefined;
    }
    const { task, settled } = this.#tasks.begin();
    this.outbox.send({ type: 'stanza', task, session, xml });
    return settled;
  }

  receive(message: NodeMessage): void {
    switch (message.type) {
      case 'bound':
        for (const record of message.sessions) this.#arrive(record);
        return;
      case 'moved': {
        const session = this.#sessions.get(message.session);
        if (session) session.peer = message.peer;
        return;
      }
      case 'left': {
        const session = this.#sessions.get(message.session);
        if (session) this.#parts.left(session);
        return;
      }
      case 'ended': {
        const session = this.#sessions.get(message.session);
        if (session) this.release(session);
        return;
      }
      case 'stanza':
        this.#perform(message.task, message.session, message.xml);
        return;
      case 'settled':
        this.#tasks.settle(message.task, message.safe);
        return;
      case 'pull':
        this.readings.pull(message.source, message.count);
        return;
      default:
        this.#deliveries.take(message);
    }
  }

  /** Takes a session of that node out of what is here; false when it had gone already. */
  release(session: RemoteSession): boolean {
    if (!this.#sessions.delete(session.number)) return false;
    this.readings.drop(session.number);
    this.#parts.sessions.remove(session);
    this.#parts.left(session);
    return true;
  }

  /** A session of this node has ended. */
  ended(session: Session): void {
    this.#deliveries.ended(session);
  }

  /** The node has gone, and all its sessions with it. */
  gone(): void {
    this.outbox.close();
    for (const session of [...this.#sessions.values()]) this.release(session);
    this.#deliveries.end();
    this.#tasks.lose();
  }

  /** Whoever has the address already gives it up, wherever that is: the last to bind it has it. */
  #arrive(record: SessionRecord): void {
    const session = new RemoteSession(record, this);
    this.#parts.sessions.get(session.jid)?.end('replaced', 'conflict');
    this.#sessions.set(session.number, session);
    this.#parts.sessions.add(session);
  }

  #perform(task: number, number: SessionNumber | undefined, xml: string): void {
    const session = number === undefined ? undefined : this.#sessions.get(number);
    // Its session is gone, and with it whoever waits.
    if (number !== undefined && !session) return;
    const element = this.#parts.parse(xml);
    const stanza = element && sentStanza(element);
    if (!stanza) {
      this.#parts.log.error({ task }, 'another node passed on what is not an addressed stanza');
      this.#settle(task, false);
      return;
    }
    const settled = this.#parts.route(stanza, session);
    if (!settled) this.#settle(task, true);
    else {
      settled.then(
        () => this.#settle(task, true),
        () => this.#settle(task, false),
      );
    }
  }

  #settle(task: number, safe: boolean): void {
    if (task > 0) this.outbox.send({ type: 'settled', task, safe });
  }
}
