import type { ShardMembers } from '../kernel/shard.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { SessionNumber } from './node-message.js';
import type { Outbox } from './outbox.js';
import type { RemoteSession } from './remote-session.js';

/** The members of a group on another node, which keeps the same list: a stanza crosses once, whatever their number. */
export class RemoteMembers implements ShardMembers {
  readonly #group: number;
  readonly #outbox: Outbox;
  readonly #members = new Set<SessionNumber>();

  constructor(group: number, outbox: Outbox) {
    this.#group = group;
    this.#outbox = outbox;
  }

  get size(): number {
    return this.#members.size;
  }

  add({ number }: RemoteSession): void {
    this.#members.add(number);
    this.#outbox.send({ type: 'member', group: this.#group, session: number, is: true });
  }

  delete({ number }: RemoteSession): void {
    this.#members.delete(number);
    this.#outbox.send({ type: 'member', group: this.#group, session: number, is: false });
  }

  fanOut(stanza: SharedStanza): void {
    this.#outbox.send({ type: 'group', group: this.#group, xml: stanza.text });
  }
}
