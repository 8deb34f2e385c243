import type { Off } from '@meerkat-chat/xmpp';
import type { Bus, BusListener, NodeId } from './bus.js';
import type { NodeMessage } from './node-message.js';

/** One message on its way. */
export interface Crossing {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly message: NodeMessage;
}

/** Joins nodes of one process. What one sends, the other gets as a copy, later in the same turn: nothing piles up. */
export class MemoryNetwork {
  readonly #listeners = new Map<NodeId, BusListener>();
  readonly #crosses: (crossing: Crossing) => void;
  #queue: Crossing[] = [];

  /** @param crosses hears of each message when it arrives */
  constructor(crosses: (crossing: Crossing) => void = () => {}) {
    this.#crosses = crosses;
  }

  /** The bus as one node has it. */
  bus(self: NodeId): Bus {
    return {
      self,
      send: (to, message) => this.#send({ from: self, to, message: structuredClone(message) }),
      listen: (listener) => this.#join(self, listener),
    };
  }

  /** A node is gone from one moment to the next: neither side gets what was under way. */
  kill(node: NodeId): void {
    if (!this.#listeners.delete(node)) return;
    this.#queue = this.#queue.filter(({ from, to }) => from !== node && to !== node);
    for (const listener of [...this.#listeners.values()]) listener.gone(node);
  }

  #join(self: NodeId, listener: BusListener): Off {
    if (this.#listeners.has(self)) throw new Error(`there is a node ${self} already`);
    const others = [...this.#listeners];
    this.#listeners.set(self, listener);
    for (const [other, heard] of others) {
      heard.joined(self);
      listener.joined(other);
    }
    return () => {
      if (this.#listeners.get(self) === listener) this.kill(self);
    };
  }

  #send(crossing: Crossing): void {
    if (!this.#listeners.has(crossing.to) || !this.#listeners.has(crossing.from)) return;
    this.#queue.push(crossing);
    queueMicrotask(() => this.#deliver());
  }

  /** One for each that was sent, unless its node was killed meanwhile. */
  #deliver(): void {
    const crossing = this.#queue.shift();
    if (!crossing) return;
    this.#crosses(crossing);
    this.#listeners.get(crossing.to)?.received(crossing.from, crossing.message);
  }
}
