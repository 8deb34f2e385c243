import type { RoomOccupants } from '@meerkat-chat/xmpp';
import { MAX_COUNTED, MAX_OCCUPANTS } from '../bounds.js';
import type { Occupant } from '../chat.js';

/** What a presence says of one occupant: how it is now, or that it has gone. */
export type OccupantChange =
  | { readonly kind: 'here'; readonly occupant: Occupant }
  | { readonly kind: 'gone'; readonly nick: string };

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

function sameOccupant(a: Occupant | undefined, b: Occupant): boolean {
  return (
    a === b ||
    (a !== undefined &&
      a.role === b.role &&
      a.affiliation === b.affiliation &&
      a.self === b.self &&
      a.occupantId === b.occupantId &&
      a.avatar === b.avatar &&
      a.jid === b.jid)
  );
}

function reduceCrowd(crowd: Crowd, changes: readonly OccupantChange[]): Crowd {
  const listed = new Map(crowd.listed);
  const beyond = new Set(crowd.beyond);
  let uncounted = crowd.uncounted;
  let changed = false;
  for (const change of changes) {
    if (change.kind === 'gone') {
      changed = true;
      if (!listed.delete(change.nick) && !beyond.delete(change.nick)) uncounted = Math.max(0, uncounted - 1);
      continue;
    }
    const { nick, self } = change.occupant;
    if (sameOccupant(listed.get(nick), change.occupant)) continue;
    changed = true;
    if (!listed.has(nick) && listed.size >= MAX_OCCUPANTS) {
      if (!self) {
        if (beyond.has(nick)) continue;
        if (beyond.size < MAX_COUNTED) beyond.add(nick);
        else uncounted++;
        continue;
      }
      // We are always listed: somebody makes room.
      const last = [...listed.keys()].at(-1) ?? '';
      listed.delete(last);
      beyond.add(last);
    }
    beyond.delete(nick);
    listed.set(nick, change.occupant);
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
