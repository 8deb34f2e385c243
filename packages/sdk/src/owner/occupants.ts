import type { RoomOccupants } from '@meerkat-chat/xmpp';
import { MAX_COUNTED, MAX_OCCUPANTS } from '../bounds.js';
import type { Occupant } from '../chat.js';

/** What a presence says of one occupant: how it is now, or undefined: that it has gone. */
export type OccupantChange = readonly [nick: string, now: Occupant | undefined];

interface Crowd {
  /** By nick. */
  readonly listed: ReadonlyMap<string, Occupant>;
  /** Nicks that are here, but not listed. */
  readonly beyond: ReadonlySet<string>;
  /** How many more there are, of whom not even the nick is remembered. */
  readonly uncounted: number;
}

/**
 * Who is in a room. While a join is under way what the room tells gathers in `joining`, and what is shown stays as
 * it was; our own presence, which comes last, completes it. A large room may show some of them only, and tell how many
 * there are (`urn:meerkat:occupants:0`).
 */
export interface Occupants {
  readonly shown: Crowd;
  readonly joining: Crowd | undefined;
  /** How many there are, as a room says it that does not show each of them; undefined where they can be counted. */
  readonly told: number | undefined;
}

const NOBODY: Crowd = { listed: new Map(), beyond: new Set(), uncounted: 0 };

/** A room of which nothing is known. */
export const NO_OCCUPANTS: Occupants = { shown: NOBODY, joining: undefined, told: undefined };

/** Those shown. */
export function listedOf(occupants: Occupants): ReadonlyMap<string, Occupant> {
  return occupants.shown.listed;
}

/** How many there are, listed or not. */
export function countOf({ shown, told }: Occupants): number {
  return told ?? shown.listed.size + shown.beyond.size + shown.uncounted;
}

/** Puts a list back that was kept, with the number that there were in all. */
export function restoredOccupants(list: readonly Occupant[], count: number): Occupants {
  const listed = new Map(list.slice(0, MAX_OCCUPANTS).map((occupant) => [occupant.nick, occupant]));
  const uncounted = Math.max(0, count - listed.size);
  return { shown: { listed, beyond: new Set(), uncounted }, joining: undefined, told: undefined };
}

function reduceCrowd(crowd: Crowd, changes: readonly OccupantChange[]): Crowd {
  const listed = new Map(crowd.listed);
  const beyond = new Set(crowd.beyond);
  let uncounted = crowd.uncounted;
  let changed = false;
  for (const [nick, now] of changes) {
    const before = listed.get(nick);
    if (!now) {
      changed = true;
      if (!listed.delete(nick) && !beyond.delete(nick) && uncounted > 0) uncounted--;
    } else if (before || now.self || listed.size < MAX_OCCUPANTS) {
      // A presence that says nothing new is shown to nobody. We are always listed.
      if (JSON.stringify(before) === JSON.stringify(now)) continue;
      changed = true;
      beyond.delete(nick);
      listed.set(nick, now);
    } else if (!beyond.has(nick)) {
      changed = true;
      if (beyond.size < MAX_COUNTED) beyond.add(nick);
      else uncounted++;
    }
  }
  return changed ? { listed, beyond, uncounted } : crowd;
}

/** A join begins: what comes from now on is a new list. */
export function beginOccupants(occupants: Occupants): Occupants {
  return { ...occupants, joining: NOBODY };
}

/** The occupants after presences, in order; a run may be cut into batches anywhere. */
export function reduceOccupants(occupants: Occupants, changes: readonly OccupantChange[]): Occupants {
  if (changes.length === 0) return occupants;
  return occupants.joining
    ? { ...occupants, joining: reduceCrowd(occupants.joining, changes) }
    : { ...occupants, shown: reduceCrowd(occupants.shown, changes) };
}

/** Our own presence has come: the new list is shown. @param said what the room says in it of everybody */
export function completeOccupants(occupants: Occupants, said?: RoomOccupants): Occupants {
  const complete = occupants.joining
    ? { ...occupants, shown: occupants.joining, joining: undefined }
    : occupants;
  return tellOccupants({ ...complete, told: undefined }, said);
}

/** The room has said how many there are; undefined where it has not. */
export function tellOccupants(occupants: Occupants, said: RoomOccupants | undefined): Occupants {
  if (!said) return occupants;
  // Where all are shown we can count them, and are not behind by the time between two messages.
  const told = said.shows === 'all' ? undefined : said.count;
  return told === occupants.told ? occupants : { ...occupants, told };
}
