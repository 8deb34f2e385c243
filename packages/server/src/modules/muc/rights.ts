import {
  isFull,
  type Jid,
  type MucAffiliation,
  type MucRole,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Occupant } from './occupant.js';
import type { Room } from './room.js';

/** Not an occupant: whoever speaks to a room has to be in it (XEP-0045 section 7.4). */
export const NOT_HERE = stanzaError('not-acceptable', 'You are not in this room.');
/** A visitor of a moderated room (XEP-0045 section 7.4). */
export const NO_VOICE = stanzaError('forbidden', 'You have no voice in this room.');

/** Affiliations from the least to the most. */
const RANK: Readonly<Record<MucAffiliation, number>> = { outcast: 0, none: 1, member: 2, admin: 3, owner: 4 };

/** True when the first has more say in a room than the second. */
export function outranks(one: MucAffiliation, other: MucAffiliation): boolean {
  return RANK[one] > RANK[other];
}

/** True for those who keep the lists of a room. */
export function isAdministrator(affiliation: MucAffiliation): boolean {
  return RANK[affiliation] >= RANK.admin;
}

/** The role that an affiliation begins with (XEP-0045 section 5.1.2). */
export function initialRole(affiliation: MucAffiliation, moderated: boolean): MucRole {
  switch (affiliation) {
    case 'owner':
    case 'admin':
      return 'moderator';
    case 'member':
      return 'participant';
    case 'none':
      return moderated ? 'visitor' : 'participant';
    case 'outcast':
      return 'none';
  }
}

/** Why a session may not speak to a room as this occupant; undefined when it may. */
export function voiceProblem(room: Room, occupant: Occupant, session: Jid): StanzaError | undefined {
  if (!isFull(session) || room.bySession(session) !== occupant) return NOT_HERE;
  return occupant.role === 'visitor' ? NO_VOICE : undefined;
}
