import {
  accountOf,
  type BareJid,
  type Element,
  escapeAttr,
  type FullJid,
  serialize,
} from '@meerkat-chat/xmpp';
import type { Identity } from '../auth/provider.js';
import type { Session, SessionEnd, StanzaSource } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';
import type { Peer } from '../link/server-link.js';
import type { SessionNumber, SessionRecord } from './node-message.js';
import type { RemoteNode } from './remote-node.js';

/** Stands for a session of another node: whoever delivers to it need not know where it is. */
export class RemoteSession implements Session {
  readonly jid: FullJid;
  readonly account: BareJid;
  readonly identity: Identity;
  readonly shard: RemoteNode;
  readonly number: SessionNumber;
  peer: Peer;
  /** Its own node knows, and keeps what is delivered meanwhile. */
  readonly hibernated = false;

  /** @throws TypeError for a record of what cannot be a session */
  constructor(record: SessionRecord, shard: RemoteNode) {
    const account = accountOf(record.jid);
    if (account === undefined) throw new TypeError(`${record.jid} cannot be the address of a session`);
    this.jid = record.jid;
    this.account = account;
    this.identity = { account, kind: record.kind };
    this.peer = record.peer;
    this.number = record.session;
    this.shard = shard;
  }

  /** Made anew each time: the bytes for its link are joined where the link is. */
  get toBytes(): Buffer {
    return Buffer.from(escapeAttr(this.jid));
  }

  deliver(stanza: Element): void {
    this.shard.outbox.send({ type: 'one', session: this.number, xml: serialize(stanza) });
  }

  deliverShared(stanza: SharedStanza): void {
    this.shard.outbox.share(stanza, this.number);
  }

  deliverFrom(source: StanzaSource): void {
    this.shard.readings.begin(this.number, source);
  }

  readOn(): void {
    this.shard.readings.readOn(this.number);
  }

  /** It is gone from here at once, and its own node is asked to end it. */
  end(why: SessionEnd, streamError?: string): void {
    if (!this.shard.release(this)) return;
    this.shard.outbox.send({ type: 'end', session: this.number, why, streamError });
  }
}
