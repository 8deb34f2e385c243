import type { Off } from '@meerkat-chat/xmpp';
import type { NodeMessage } from './node-message.js';

/** The name of a node, unique among those of one domain. */
export type NodeId = string;

/** What a node hears of the others. Whatever is told of one node is told in order. */
export interface BusListener {
  /** A node can be reached from now on. Told of those that are there already, too; never of oneself. */
  joined(node: NodeId): void;
  received(from: NodeId, message: NodeMessage): void;
  /** A node has ended or cannot be reached any more: nothing that it sent comes after this, until it joins again. */
  gone(node: NodeId): void;
}

/**
 * What joins the nodes that serve one domain. Messages from one node to another arrive in order and each once, until
 * the other has gone. Nodes trust each other; each message is plain data and bounded, and so is what may wait for a
 * node: one that does not take what it is sent has to count as gone.
 */
export interface Bus {
  readonly self: NodeId;
  /** Sends, and returns at once. What is for a node that has gone is dropped. */
  send(to: NodeId, message: NodeMessage): void;
  /** Joins the others. @returns what leaves them */
  listen(listener: BusListener): Off;
}
