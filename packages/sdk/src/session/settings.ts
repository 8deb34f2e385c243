import type { Millis } from '@meerkat-chat/xmpp';
import { type AckTimes, DEFAULT_ACK_TIMES } from './ack-policy.js';

/** Times of a session, for those whose network is special, and for tests. */
export interface SessionSettings {
  /** How long a WebSocket may take to open before BOSH is tried. */
  readonly stall: Millis;
  /** How long signing in may take on an open link. */
  readonly settle: Millis;
  /** On BOSH: when a WebSocket is tried for the first time; the pause doubles with each failure. */
  readonly probeFirst: Millis;
  readonly probeMax: Millis;
  /** How often what features keep is written while the page lives. */
  readonly save: Millis;
  readonly acks: AckTimes;
}

export const DEFAULT_SESSION_SETTINGS: SessionSettings = {
  stall: 3_000,
  settle: 15_000,
  probeFirst: 10_000,
  probeMax: 600_000,
  save: 10_000,
  acks: DEFAULT_ACK_TIMES,
};
