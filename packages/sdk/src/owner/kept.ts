import type { DomainJid } from '@meerkat-chat/xmpp';
import { MAX_ROOMS } from '../bounds.js';
import type { Fitting } from '../stored.js';
import type { ROOM } from './read-kept.js';

/** Rows of a room that the next page starts with. */
export const KEPT_ROWS = 50;

/** What of a room goes on to the next page. Survives JSON. */
export type KeptRoom = Fitting<typeof ROOM>;

/** The section `rooms` of what is kept. */
export interface KeptRooms {
  readonly version: 1;
  /** Where rooms without an address live. */
  readonly host: DomainJid | undefined;
  /** The nick that was made up for a guest without a wish. */
  readonly nick: string;
  readonly rooms: readonly KeptRoom[];
}

// Storage of a page is some 5 MB for a whole origin; what is kept of rooms takes a fraction of it.
const MAX_KEPT = 1_000_000;

/**
 * Cuts what is kept to a size that storage takes: own messages always stay; where it is too much, a room goes without
 * its rows and occupants, and so begins anew on the next page.
 */
export function fitKept(rooms: readonly KeptRoom[]): readonly KeptRoom[] {
  let left = MAX_KEPT;
  return rooms.slice(0, MAX_ROOMS).map((room) => {
    const size = JSON.stringify(room).length;
    if (size <= left) {
      left -= size;
      return room;
    }
    return { ...room, joined: false, rows: [], occupants: [], occupantCount: 0 };
  });
}
