import type { Affiliation, Occupant, RoomMessage } from '@meerkat-chat/sdk';

/** What a moderator does about somebody. */
export type Act = 'ban' | 'mute' | 'remove' | 'unmute';

const RANK: Readonly<Record<Affiliation, number>> = { outcast: 0, none: 1, member: 2, admin: 3, owner: 4 };

/**
 * What one may do about another (XEP-0045 sections 8 and 9). Only what there is a chance for is offered; the room
 * decides.
 */
export function actsOn(self: Occupant | undefined, other: Occupant | undefined): readonly Act[] {
  if (!self || !other || other.self || self.role !== 'moderator') return [];
  const rank = RANK[self.affiliation];
  const isAdmin = rank >= RANK.admin;
  if (RANK[other.affiliation] > rank || (other.role === 'moderator' && !isAdmin)) return [];
  const acts: Act[] = [];
  if (other.role === 'participant' && RANK[other.affiliation] < RANK.admin) acts.push('mute');
  if (other.role === 'visitor') acts.push('unmute');
  acts.push('remove');
  if (isAdmin && (self.affiliation === 'owner' || RANK[other.affiliation] < RANK.admin)) acts.push('ban');
  return acts;
}

/** Who said a message, if they are still here: under whatever name, where the room tells who is who. */
export function speakerOf(
  { nick, occupantId }: RoomMessage,
  occupants: ReadonlyMap<string, Occupant>,
): Occupant | undefined {
  if (occupantId === undefined) return occupants.get(nick);
  for (const occupant of occupants.values()) if (occupant.occupantId === occupantId) return occupant;
  return undefined;
}
