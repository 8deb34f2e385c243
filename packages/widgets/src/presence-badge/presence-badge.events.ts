import type { PresenceState, PresenceStatus } from './status.js';

/** `presence-change`: the badge shows another state, or the same since another time. */
export class PresenceChangeEvent extends Event {
  readonly state: PresenceState;
  /** Since when, as the server says it: time of day, ms. */
  readonly since: number | undefined;

  constructor({ state, since }: PresenceStatus) {
    super('presence-change', { bubbles: true, composed: true });
    this.state = state;
    this.since = since;
  }
}

declare global {
  interface HTMLElementEventMap {
    'presence-change': PresenceChangeEvent;
  }
}
