/** Whether somebody is here: what a person has chosen to show, or `unknown` where nothing is known. */
export type PresenceState = 'away' | 'dnd' | 'offline' | 'online' | 'unknown';

/** Somebody's presence. */
export interface PresenceStatus {
  readonly state: PresenceState;
  /** Since when, as the server says it: time of day, ms. */
  readonly since?: number;
}

export const UNKNOWN: PresenceStatus = { state: 'unknown' };

/** All of them, in the order in which their words are written one over the other. */
export const STATES: readonly PresenceState[] = ['online', 'away', 'dnd', 'offline', 'unknown'];

/** Reads what `/status/ID.json` says. Undefined where it is nothing of that kind; a state of later versions is `unknown`. */
export function readStatus(json: unknown): PresenceStatus | undefined {
  if (typeof json !== 'object' || json === null || !('status' in json)) return undefined;
  const since = 'since' in json && Number.isFinite(json.since) ? (json.since as number) : undefined;
  const state = STATES.find((name) => name === json.status);
  if (typeof json.status !== 'string') return undefined;
  return { state: state ?? 'unknown', ...(since !== undefined && { since }) };
}

/** Where a server tells the status of an id; undefined for what cannot be one. @param server without a slash at its end */
export function statusUrl(server: string, id: string): string | undefined {
  return /^[\w-]{1,128}$/.test(id) ? `${server}/status/${id}.json` : undefined;
}
