import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import { changeAffiliation } from './affiliation.js';
import type { MucContext } from './muc-context.js';

/**
 * An account is gone: rooms in memory take it off their lists, as the storage has for all rooms. A room whose last owner it
 * was goes on without one; accounts of `modules.muc.admins` and the API can give it another.
 */
export async function forgetAffiliations(muc: MucContext, account: BareJid): Promise<void> {
  for (const room of await muc.rooms.inMemory()) {
    if (!room.affiliations.has(account)) continue;
    // A failure is in the log.
    await changeAffiliation(muc, room, account, 'none', {}).catch(() => {});
  }
}

/** What was said by an occupant is shown to nobody any more who joins a room that is in memory. */
export async function forgetMessages(muc: MucContext, jid: BareJid, occupantId: string): Promise<void> {
  for (const room of await muc.rooms.inMemory()) if (room.jid === jid) room.history.forget(occupantId);
}

/** The same for all that was said before a time. */
export async function forgetBefore(muc: MucContext, time: Millis): Promise<void> {
  for (const room of await muc.rooms.inMemory()) room.history.forgetBefore(time);
}
