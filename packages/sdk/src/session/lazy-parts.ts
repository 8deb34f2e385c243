/**
 * What a session loads when it is needed, so that a page that signs in to a server of ours stays light. What cannot be
 * loaded rejects, and is asked for again at the next attempt.
 */
export interface LazyParts {
  /** What reads what the page before left. */
  readonly readBack: () => Promise<typeof import('../read-back.js')>;
  /** The link for where there is no WebSocket. */
  readonly bosh: () => Promise<typeof import('./over-bosh.js')>;
  /** Signing in where one flight is not enough, and what to do where that fails. */
  readonly detour: () => Promise<typeof import('./detour.js')>;
  /** Moving to another link, tokens of a site that are renewed before they end, and signing out. */
  readonly secondLink: () => Promise<typeof import('./second-link.js')>;
}

/** Each its own file. */
export const ON_DEMAND: LazyParts = {
  readBack: () => import('../read-back.js'),
  bosh: () => import('./over-bosh.js'),
  detour: () => import('./detour.js'),
  secondLink: () => import('./second-link.js'),
};
