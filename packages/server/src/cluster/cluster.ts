import { type DomainJid, type Element, type Stanza, stanzaError } from '@meerkat-chat/xmpp';
import type { Settled } from '../kernel/hooks.js';
import type { Logger } from '../kernel/logger.js';
import type { Registry } from '../kernel/registry.js';
import type { Session } from '../kernel/session.js';
import { errorReply } from '../router/default-errors.js';
import type { Router } from '../router/router.js';
import type { Bus, BusListener, NodeId } from './bus.js';
import { LocalSessions, recordOf } from './local-sessions.js';
import type { NodeMessage, SessionRecord } from './node-message.js';
import { RemoteNode } from './remote-node.js';

/** Sessions that one message tells of when a node joins. */
const RECORDS_PER_MESSAGE = 500;
/** The node where a host lives cannot be reached. */
const UNREACHABLE = stanzaError('remote-server-timeout', 'This cannot be reached now. Try again in a while.');

/** How a node finds the others, and what lives where. */
export interface ClusterOptions {
  readonly bus: Bus;
  /** The node on which a host below ours, such as `rooms.DOMAIN`, lives; every node has to say the same. */
  readonly ownerOf: (host: DomainJid) => NodeId;
}

/** What the cluster needs of the server that it joins to others. */
export interface ClusterParts {
  readonly router: Router;
  readonly registry: Registry;
  readonly log: Logger;
  readonly parse: (xml: string) => Element | undefined;
}

/**
 * Serves one domain with several nodes: tells the others of the sessions here and hears of theirs, and takes stanzas
 * for a host to the node on which it lives. How deliveries come back is `RemoteSession`'s and `RemoteMembers`' affair.
 */
export class Cluster implements BusListener {
  readonly #options: ClusterOptions;
  readonly #parts: ClusterParts;
  readonly #local = new LocalSessions();
  readonly #nodes = new Map<NodeId, RemoteNode>();
  readonly #offs: (() => void)[] = [];

  constructor(options: ClusterOptions, parts: ClusterParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** What is kept of other nodes; all of it but the nodes themselves returns to nothing when everybody has left. */
  stats(): { readonly nodes: number; readonly remoteSessions: number; readonly underWay: number } {
    let remoteSessions = 0;
    let underWay = 0;
    for (const { stats } of this.#nodes.values()) {
      remoteSessions += stats.sessions;
      underWay += stats.underWay;
    }
    return { nodes: this.#nodes.size, remoteSessions, underWay };
  }

  /** Joins the other nodes. To be called when the modules have started, and nobody is here yet. */
  start(): void {
    const { bus, ownerOf } = this.#options;
    const { hooks, hosts } = this.#parts.registry;
    for (const [host] of hosts) {
      const owner = ownerOf(host);
      if (owner === bus.self) continue;
      hosts.set(host, {
        moduleId: 'cluster',
        handler: (stanza, session) => ({ handled: true, settled: this.#passOn(owner, stanza, session) }),
      });
    }
    this.#offs.push(
      hooks.on('cluster', 'session:bound', ({ session }) => this.#bound(session)),
      hooks.on('cluster', 'session:resumed', ({ session }) => this.#moved(session)),
      hooks.on('cluster', 'presence:changed', ({ session, presence }) => {
        if (!presence) this.#left(session);
      }),
      hooks.on('cluster', 'session:ended', ({ session }) => this.#ended(session)),
      bus.listen(this),
    );
  }

  /** Leaves the other nodes; what is theirs goes from here. */
  stop(): void {
    for (const off of this.#offs.splice(0).reverse()) off();
    for (const node of [...this.#nodes.keys()]) this.gone(node);
  }

  joined(id: NodeId): void {
    const { log, parse, registry, router } = this.#parts;
    const node = new RemoteNode(
      {
        local: this.#local,
        sessions: router.sessions,
        log: log.child({ node: id }),
        parse,
        route: (stanza, session) => router.route(stanza, session),
        left: (session) => registry.hooks.tell('session:left', { session }),
      },
      (message) => this.#options.bus.send(id, message),
    );
    this.#nodes.set(id, node);
    let sessions: SessionRecord[] = [];
    for (const record of this.#local.records()) {
      if (sessions.push(record) < RECORDS_PER_MESSAGE) continue;
      node.outbox.send({ type: 'bound', sessions });
      sessions = [];
    }
    if (sessions.length > 0) node.outbox.send({ type: 'bound', sessions });
  }

  received(from: NodeId, message: NodeMessage): void {
    this.#nodes.get(from)?.receive(message);
  }

  gone(id: NodeId): void {
    const node = this.#nodes.get(id);
    this.#nodes.delete(id);
    node?.gone();
  }

  #bound(session: Session): void {
    const number = this.#local.add(session);
    this.#tell({ type: 'bound', sessions: [recordOf(number, session)] });
  }

  #moved(session: Session): void {
    const number = this.#local.numberOf(session);
    if (number !== undefined) this.#tell({ type: 'moved', session: number, peer: session.peer });
  }

  #left(session: Session): void {
    const number = this.#local.numberOf(session);
    if (number !== undefined) this.#tell({ type: 'left', session: number });
  }

  #ended(session: Session): void {
    const number = this.#local.remove(session);
    if (number === undefined) return;
    for (const node of this.#nodes.values()) node.ended(session);
    this.#tell({ type: 'ended', session: number });
  }

  #tell(message: NodeMessage): void {
    for (const node of this.#nodes.values()) node.outbox.send(message);
  }

  /** Takes a stanza to the node of its host; what came from another node already goes no further. */
  #passOn(owner: NodeId, stanza: Stanza, session: Session | undefined): Settled {
    const node = session?.shard ? undefined : this.#nodes.get(owner);
    if (node) return node.give(stanza, session && this.#local.numberOf(session));
    const reply = errorReply(stanza, UNREACHABLE);
    if (reply && session) session.deliver(reply);
    else if (reply) this.#parts.router.send(reply);
    return undefined;
  }
}
