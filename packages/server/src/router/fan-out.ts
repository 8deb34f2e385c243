import type { FullJid } from '@meerkat-chat/xmpp';
import type { SessionDirectory } from '../kernel/session.js';
import type { SharedStanza } from '../kernel/shared-stanza.js';

/**
 * Takes one stanza for many recipients. Whoever knows more than one place where sessions live (nodes of a cluster,
 * slices of a large room) puts them behind this same shape.
 */
export interface Shard {
  /** Hands the stanza on, at once; @returns how many got it. */
  fanOut(stanza: SharedStanza, recipients: Iterable<FullJid>): number;
  /** Hands on what a source yields, as fast as the recipient takes it. */
  stream(source: Iterator<SharedStanza, unknown>, recipient: FullJid): void;
}

/** The sessions of this process. The hot path: nothing is awaited, and no tree is built per recipient. */
export class LocalShard implements Shard {
  readonly #sessions: SessionDirectory;

  constructor(sessions: SessionDirectory) {
    this.#sessions = sessions;
  }

  fanOut(stanza: SharedStanza, recipients: Iterable<FullJid>): number {
    let reached = 0;
    for (const jid of recipients) {
      const session = this.#sessions.get(jid);
      if (!session) continue;
      session.deliverShared(stanza);
      reached++;
    }
    return reached;
  }

  stream(source: Iterator<SharedStanza, unknown>, recipient: FullJid): void {
    this.#sessions.get(recipient)?.deliverFrom(source);
  }
}
