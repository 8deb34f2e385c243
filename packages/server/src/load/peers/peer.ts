import type { Env } from '@meerkat-chat/xmpp';

/**
 * Who hears of whom in a room of a peer: `all` of everybody, which costs n^2 presences for n users, or `own`, nobody of
 * anybody else where the server can be set so. What messages cost does not depend on it.
 */
export const PRESENCES = ['all', 'own'] as const;
export type PeerPresence = (typeof PRESENCES)[number];

export interface PeerOptions {
  readonly presence: PeerPresence;
  /** The one core that the server may run on; any when undefined. */
  readonly cpu: number | undefined;
}

/** A chat server that can be started here with a configuration fit for load. */
export interface Peer {
  /** What it is called on the command line. */
  readonly name: string;
  /** Its version; undefined where it is not installed. */
  version(): Promise<string | undefined>;
  /**
   * Starts one of its own, with its data in a temporary folder, on free ports of the loopback address.
   * @throws Error when it ends, or does not take connections in time
   */
  start(options: PeerOptions, env: Env): Promise<RunningPeer>;
}

export interface RunningPeer {
  /** The WebSocket endpoint (RFC 7395). */
  readonly url: string;
  /** The BOSH endpoint (XEP-0124). */
  readonly boshUrl: string;
  /** Streams over plain TCP, where it takes them. */
  readonly tcpUrl?: string;
  /** The domain that lets guests in; its rooms are at `rooms.DOMAIN`. */
  readonly domain: string;
  /** The process that serves, to measure it. */
  readonly pid: number;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}
