import { MUC_STATUS, type Presence } from '@meerkat-chat/xmpp';
import type { Session } from '../../kernel/session.js';
import { takenProblem } from './join.js';
import { type MucContext, refuse } from './muc-context.js';
import { guestNickProblem } from './nick-rights.js';
import type { Occupant } from './occupant.js';
import { announce, announceNews, tellSelf } from './presence.js';
import type { Room } from './room.js';

/** What somebody would like to be called. */
interface NickWish {
  readonly occupant: Occupant;
  readonly nick: string;
  readonly presence: Presence;
}

/** Gives an occupant another nick, with all its sessions (XEP-0045 section 7.6); false when it was refused. */
export function changeNick(
  muc: MucContext,
  room: Room,
  session: Session,
  { occupant, nick, presence }: NickWish,
): boolean {
  const problem =
    guestNickProblem(muc, room, session, nick) ??
    takenProblem(muc, room, nick, (holder) => holder === occupant);
  if (problem) {
    refuse(muc, presence, problem);
    return false;
  }
  const news = { unavailable: true, statuses: [MUC_STATUS.nickChange], item: { nick } };
  tellSelf(muc, room, occupant, news);
  announceNews(muc, room, occupant, news);
  room.rename(occupant, nick);
  announce(muc, room, occupant);
  tellSelf(muc, room, occupant);
  return true;
}
