import { accountOf, stanzaError } from '@meerkat-chat/xmpp';
import type { MucContext } from './muc-context.js';

/** Says who may read the archive of a room: whoever could come in and read its history. */
export function registerArchiveAccess(muc: MucContext): void {
  muc.module.on('archive:access', async ({ archive, by }) => {
    if (!archive.endsWith(`@${muc.host}`)) return undefined;
    const room = await muc.rooms.look(archive);
    if (!room) return { allow: false, error: stanzaError('item-not-found', 'There is no such room.') };
    return room.bars(accountOf(by))
      ? { allow: false, error: stanzaError('forbidden', 'You may not read this archive.') }
      : { allow: true };
  });
}
