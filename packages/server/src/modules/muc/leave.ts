import { type Element, type FullJid, serialize } from '@meerkat-chat/xmpp';
import { resized } from './crowd.js';
import { fits, type MucContext } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { announceNews, type PresenceNews, tellSelf } from './presence.js';
import type { Room } from './room.js';

/**
 * Takes one session out of a room. Others hear of it when it was the last one of its occupant.
 * @param payload what the client said in its last presence: left out where it is too long, since nobody can be kept
 *   from leaving
 */
export function leave(muc: MucContext, room: Room, session: FullJid, payload: readonly Element[]): void {
  const occupant = room.bySession(session);
  if (!occupant) return;
  const said = payload.map((node) => serialize(node)).join('');
  const told = fits(said, muc.settings.presenceBytes) ? payload : [];
  const news = { unavailable: true, item: { role: 'none' as const }, payload: told };
  tellSelf(muc, room, occupant, news, [session]);
  if (occupant.sessions.size === 1) announceNews(muc, room, occupant, news);
  if (room.exit(session)) resized(muc, room);
  muc.rooms.left(session, room);
}

/** Takes a whole occupant out of a room, and says why: kicked or banned. */
export function remove(
  muc: MucContext,
  room: Room,
  occupant: Occupant,
  why: Pick<PresenceNews, 'item' | 'statuses'>,
): void {
  const news = { ...why, unavailable: true, item: { role: 'none' as const, ...why.item } };
  tellSelf(muc, room, occupant, news);
  announceNews(muc, room, occupant, news);
  for (const session of [...occupant.sessions]) {
    if (room.exit(session)) resized(muc, room);
    muc.rooms.left(session, room);
  }
}

/** Takes everybody out of a room that is no more. Each hears of their own leaving only (XEP-0045 section 10.9). */
export function dissolve(muc: MucContext, room: Room, reason: string | undefined): void {
  for (const occupant of [...room.occupants]) {
    occupant.stand('none', 'none');
    tellSelf(muc, room, occupant, { unavailable: true, destroy: { reason } });
    for (const session of [...occupant.sessions]) {
      room.exit(session);
      muc.rooms.left(session, room);
    }
  }
}
