import { localOf, MUC_STATUS } from '@meerkat-chat/xmpp';
import { type Grant, rightIn } from '../../kernel/grant.js';
import type { Session } from '../../kernel/session.js';
import { restand } from './affiliation.js';
import { remove } from './leave.js';
import type { MucContext } from './muc-context.js';
import { announce, tellSelf } from './presence.js';
import { avatarGiven } from './site-identity.js';

/**
 * A session goes on under another credential: where that grants something else in a room, its occupant gets the
 * standing that it would come in with now, or has to leave. Elsewhere it keeps what moderators have given or taken.
 */
export function renewRights(muc: MucContext, session: Session, before: Grant | undefined): void {
  const { account, identity } = session;
  for (const room of [...muc.rooms.of(session.jid)]) {
    const name = localOf(room.jid);
    const occupant = room.bySession(session.jid);
    if (occupant?.picture(avatarGiven(muc.settings, identity.grant))) {
      announce(muc, room, occupant);
      tellSelf(muc, room, occupant);
    }
    if (!occupant || rightIn(before, name) === rightIn(identity.grant, name)) continue;
    if (room.bars(account)) {
      occupant.stand('none', 'none');
      remove(muc, room, occupant, { statuses: [MUC_STATUS.affiliationLost], item: {} });
    } else {
      restand(muc, room, occupant, room.affiliationOf(account), room.roleOf(account));
    }
  }
}
