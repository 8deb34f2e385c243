import type { Peer } from '../link/server-link.js';

/** Sessions as they are now, and what waits for them. */
export interface SessionCensus {
  /** By what they are connected with; `none` waits to be resumed. */
  readonly byLink: Readonly<Record<Peer['transport'] | 'none', number>>;
  /** Bytes kept until clients acknowledge them (XEP-0198), and those that wait behind a source. */
  readonly keptBytes: number;
  /** Bytes that links have and their sockets have not taken. */
  readonly linkBytes: number;
}

/** What is asked of a session. */
export interface Counted {
  readonly hibernated: boolean;
  readonly peer: Pick<Peer, 'transport'>;
  readonly keptBytes: number;
  readonly linkBytes: number;
}

/** Looks at every session: for whoever measures, now and then, so that nothing is kept on the path of a stanza. */
export function takeCensus(sessions: Iterable<Counted>): SessionCensus {
  const byLink = { websocket: 0, bosh: 0, tcp: 0, memory: 0, none: 0 };
  let [keptBytes, linkBytes] = [0, 0];
  for (const session of sessions) {
    byLink[session.hibernated ? 'none' : session.peer.transport]++;
    keptBytes += session.keptBytes;
    linkBytes += session.linkBytes;
  }
  return { byLink, keptBytes, linkBytes };
}

/** What has happened in the stream layer since the start: these only grow. */
export interface StreamCounts {
  /** Credentials that were good, and attempts that failed. */
  readonly signIns: Readonly<Record<'failed' | 'succeeded', number>>;
  /** Sessions that went on over another link, and requests for one that could not. */
  readonly resumptions: Readonly<Record<'refused' | 'taken', number>>;
}

/** The same for those who count. */
export class StreamTally implements StreamCounts {
  readonly signIns = { failed: 0, succeeded: 0 };
  readonly resumptions = { refused: 0, taken: 0 };
}
