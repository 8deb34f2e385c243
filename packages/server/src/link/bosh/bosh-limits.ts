import type { Millis } from '@meerkat-chat/xmpp';

/** How often sessions are told the time. */
export const SWEEP: Millis = 1_000;

/** Bounds of BOSH sessions (XEP-0124). Spans are told to clients in whole seconds. */
export interface BoshLimits {
  /** The longest that a request waits for something to say. Below the minute after which proxies give up. */
  readonly wait: Millis;
  /** Requests of one session that wait at once. */
  readonly hold: number;
  /** How long a session lives without a waiting request; a page that reloads needs some of it. */
  readonly inactivity: Millis;
  /** The longest pause that a client may ask for. */
  readonly maxPause: Millis;
  /** Empty requests in a row that come faster than this are too many. */
  readonly polling: Millis;
  /** Such requests that are endured while one of the session waits, each answering the one before. */
  readonly emptyRequests: number;
  /** Bytes of frames in one reply; a larger frame goes alone. */
  readonly replyBytes: number;
  /** Bytes of replies kept for repeated requests; the last one is always kept. */
  readonly cacheBytes: number;
}

export const DEFAULT_BOSH_LIMITS: BoshLimits = {
  wait: 55_000,
  hold: 2,
  inactivity: 75_000,
  maxPause: 120_000,
  polling: 2_000,
  emptyRequests: 10,
  replyBytes: 262_144,
  cacheBytes: 1_048_576,
};
