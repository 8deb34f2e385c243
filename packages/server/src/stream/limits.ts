import type { Millis } from '@meerkat-chat/xmpp';

/** Bounds of streams. Every one is a setting below `limits`, with these defaults. */
export interface StreamLimits {
  /** Bytes of one frame before anybody has signed in. */
  readonly stanzaBytesBeforeAuth: number;
  /** Bytes of one frame after that. */
  readonly stanzaBytes: number;
  /** Elements inside each other. */
  readonly depth: number;
  /** Elements in one stanza, all levels together. */
  readonly elements: number;
  /** Attributes on one element. */
  readonly attributes: number;
  /** Time from connecting until a resource is bound. */
  readonly signInTimeout: Millis;
  /** SASL attempts on one stream. */
  readonly signInAttempts: number;
  /** Resources of one account. */
  readonly sessionsPerAccount: number;
  /** Stanzas that a client has sent and that are not yet settled; more are not read until some are. */
  readonly unsettledStanzas: number;
  /** Bytes that may wait in a link for a slow reader; then stanzas wait unacknowledged, or it is closed without that. */
  readonly queueBytes: number;
  /** Bytes that may wait unacknowledged (XEP-0198), with a link or without. */
  readonly unacknowledgedBytes: number;
  /**
   * Bytes that may wait for all clients together, what they share counted once. Where it is more, those for which most
   * waits are ended.
   */
  readonly totalWaitingBytes: number;
  /** How long a session without a link is kept. */
  readonly resumeTimeout: Millis;
  /** A link that has said nothing for so long is asked whether it is there (`<r/>`, or a ping of the WebSocket). */
  readonly idleTimeout: Millis;
  /** How long it may take to answer that. */
  readonly answerTimeout: Millis;
}

export const DEFAULT_STREAM_LIMITS: StreamLimits = {
  stanzaBytesBeforeAuth: 10_000,
  stanzaBytes: 262_144,
  depth: 64,
  elements: 25_000,
  attributes: 64,
  signInTimeout: 30_000,
  signInAttempts: 4,
  sessionsPerAccount: 20,
  unsettledStanzas: 256,
  queueBytes: 1_048_576,
  unacknowledgedBytes: 4_194_304,
  totalWaitingBytes: 536_870_912,
  resumeTimeout: 300_000,
  idleTimeout: 45_000,
  answerTimeout: 20_000,
};
