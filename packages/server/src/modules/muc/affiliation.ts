import { type BareJid, MUC_STATUS, type MucAffiliation, type MucItem } from '@meerkat-chat/xmpp';
import { remove } from './leave.js';
import type { MucContext } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { announce, showOthers, tellSelf } from './presence.js';
import type { Room } from './room.js';

/** Who did something to somebody, and why: what others are told of it. */
export type Motive = Pick<MucItem, 'actor' | 'reason'>;

/** Gives an occupant another standing and tells everybody. A new moderator now sees who the others are. */
export function restand(
  muc: MucContext,
  room: Room,
  occupant: Occupant,
  affiliation: Occupant['affiliation'],
  role: Occupant['role'],
): void {
  const wasModerator = occupant.role === 'moderator';
  occupant.stand(affiliation, role);
  if (role === 'moderator') room.visibility.activates(occupant);
  announce(muc, room, occupant);
  tellSelf(muc, room, occupant);
  if (role !== 'moderator' || wasModerator) return;
  for (const seat of room.seatsOf(occupant)) showOthers(muc, room, seat, true);
}

/** Gives an account another affiliation, here or not, and tells the room what comes of it. Fulfils when it is kept. */
export function changeAffiliation(
  muc: MucContext,
  room: Room,
  account: BareJid,
  affiliation: MucAffiliation,
  motive: Motive,
): Promise<void> {
  room.affiliate(account, affiliation);
  const kept = muc.rooms.saveAffiliation(room, account);
  for (const occupant of room.byAccount(account)) {
    const now = room.affiliationOf(account);
    if (now === 'outcast') {
      occupant.stand('outcast', 'none');
      remove(muc, room, occupant, { statuses: [MUC_STATUS.banned], item: motive });
    } else if (now === 'none' && room.config.membersOnly) {
      occupant.stand('none', 'none');
      remove(muc, room, occupant, { statuses: [MUC_STATUS.affiliationLost], item: motive });
    } else {
      restand(muc, room, occupant, now, room.roleOf(account));
    }
  }
  return kept;
}
