/**
 * What a session loads when it is needed, so that a page that signs in to a server of ours stays light. What cannot be
 * loaded rejects, and is asked for again at the next attempt.
 */
export interface LazyParts {
  /** The link for where there is no WebSocket. */
  readonly bosh: () => Promise<typeof import('../link/bosh.js')>;
  /** Signing in to servers without SASL2. */
  readonly stepwise: () => Promise<typeof import('./stepwise.js')>;
  /** Moving from BOSH to a WebSocket. */
  readonly handOver: () => Promise<typeof import('./hand-over.js')>;
  /** Signing out. */
  readonly giveUp: () => Promise<typeof import('./give-up-token.js')>;
}

/** Each its own file. */
export const ON_DEMAND: LazyParts = {
  bosh: () => import('../link/bosh.js'),
  stepwise: () => import('./stepwise.js'),
  handOver: () => import('./hand-over.js'),
  giveUp: () => import('./give-up-token.js'),
};
