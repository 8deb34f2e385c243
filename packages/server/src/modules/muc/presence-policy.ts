import { PRESENCE_POLICIES, type PresencePolicy } from '@meerkat-chat/xmpp';

/** What an owner chooses: a policy, or to leave it to the size of the room. */
export type PresenceChoice = PresencePolicy | 'auto';

/** Every choice, as a form lists them. */
export const PRESENCE_CHOICES: readonly PresenceChoice[] = ['auto', ...PRESENCE_POLICIES];

/** How large a room may be for each policy. */
export interface PolicyBounds {
  /** Up to so many occupants everybody hears of everybody. */
  readonly all: number;
  /** Up to so many, of the active ones; beyond, of the count. */
  readonly active: number;
  /** Percent of a bound to which a room has to shrink before its policy widens again. */
  readonly widenAt: number;
}

/** How narrow a policy is: 0 for `all`. */
export function narrowness(policy: PresencePolicy): number {
  return PRESENCE_POLICIES.indexOf(policy);
}

function forSize(size: number, bounds: PolicyBounds): PresencePolicy {
  if (size <= bounds.all) return 'all';
  return size <= bounds.active ? 'active' : 'count';
}

/**
 * The policy of a room that has grown or shrunk to that size. It narrows at once, and widens only when the room is so
 * much smaller that a few comings and goings do not narrow it again.
 */
export function policyBySize(now: PresencePolicy, size: number, bounds: PolicyBounds): PresencePolicy {
  const due = forSize(size, bounds);
  if (narrowness(due) >= narrowness(now)) return due;
  const safe = forSize((size * 100) / bounds.widenAt, bounds);
  return narrowness(safe) < narrowness(now) ? safe : now;
}
