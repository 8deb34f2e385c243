import type { Session } from './session.js';
import type { SharedStanza } from './shared-stanza.js';

/** The place of sessions that are reached together: another node of a cluster. Those of this process have none. */
export interface Shard {
  /** Begins to stand for those members of a group that are there; it ends when the last is taken out. */
  members(): ShardMembers;
}

/** The members of one group on one shard, which hears of each stanza for all of them once. */
export interface ShardMembers {
  readonly size: number;
  add(session: Session): void;
  delete(session: Session): void;
  fanOut(stanza: SharedStanza): void;
}
