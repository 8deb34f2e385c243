import type { Env } from '@meerkat-chat/xmpp';
import type { RunningPeer } from './peer.js';

/** The load that every server gets. */
export interface PeerWork {
  /** A scenario of `meerkat load`. */
  readonly scenario: string;
  readonly users: number;
  /** The scenario's own options; its defaults for what is not given. */
  readonly values: Readonly<Record<string, number | string>>;
}

/** What one server did with one load. Times in milliseconds unless said otherwise. */
export interface PeerFigures {
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  /** While messages flowed. */
  readonly deliveriesPerCpuSecond: number;
  /** From when a message was due until it was received. */
  readonly p50: number;
  readonly p99: number;
  /** Seconds from the first connection until messages could flow: everybody was in the room. */
  readonly joinSeconds: number;
  /** The most memory that the server had. */
  readonly residentBytes: number;
  /** Share of one core, of the server and of the busiest generator process, while messages flowed. */
  readonly serverCpu: number;
  readonly generatorCpu: number;
  /** The generator was too busy or too late to be a witness: these are its figures rather than the server's. */
  readonly generatorLimited: boolean;
  /** Connections and steps that failed. */
  readonly failures: number;
}

/** Loads one server. @throws Error when it could not be done */
export type Measure = (
  server: RunningPeer,
  work: PeerWork,
  env: Env,
  say: (line: string) => void,
) => Promise<PeerFigures>;
