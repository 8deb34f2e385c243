import { accountOf, encodeMucRoomInfo, isBare, isFull, type Jid, NS } from '@meerkat-chat/xmpp';
import type { DiscoInfo, DiscoItem } from '../../kernel/hooks.js';
import { type MucContext, occupantJid } from './muc-context.js';
import type { Room } from './room.js';

const HOST_INFO: DiscoInfo = {
  identities: [{ category: 'conference', type: 'text', name: 'Rooms' }],
  features: [NS.muc, NS.discoInfo, NS.discoItems, NS.occupantId, NS.ping, NS.rsm],
};

function roomInfo(muc: MucContext, room: Room, by: Jid): DiscoInfo {
  const { config } = room;
  const inside = room.bars(accountOf(by)) ? {} : { subject: room.subject?.text ?? '', occupants: room.size };
  return {
    identities: [{ category: 'conference', type: 'text', name: config.name }],
    features: [
      NS.muc,
      NS.discoInfo,
      NS.discoItems,
      ...(config.archived ? [NS.mam, NS.mamExtended, NS.stanzaId] : []),
      NS.occupantId,
      NS.mucSelfPing,
      // What a client sends comes back with the id that it gave (XEP-0045 section 6.4).
      `${NS.muc}#stable_id`,
      config.isPublic ? 'muc_public' : 'muc_hidden',
      config.membersOnly ? 'muc_membersonly' : 'muc_open',
      config.moderated ? 'muc_moderated' : 'muc_unmoderated',
      room.config.persistent ? 'muc_persistent' : 'muc_temporary',
      'muc_semianonymous',
      'muc_unsecured',
    ],
    forms: [
      encodeMucRoomInfo({
        description: config.description,
        ...inside,
        maxHistoryFetch: muc.settings.historyKept,
      }),
    ],
  };
}

/** True when it may be seen by that address that there is such a room, and who is in it. */
function isVisible(room: Room, by: Jid): boolean {
  const account = accountOf(by);
  const affiliation = account === undefined ? 'none' : room.affiliationOf(account);
  if (isFull(by) && room.bySession(by)) return true;
  if (affiliation === 'outcast') return false;
  return room.config.isPublic || affiliation !== 'none';
}

/** Tells what the host and its rooms are (XEP-0045 section 6). A room that is not listed is there for who knows it. */
export function registerDisco(muc: MucContext): void {
  const { module, host, rooms, settings } = muc;

  module.on('disco:info', async ({ to, node, by }) => {
    if (node !== undefined) return undefined;
    if (to === host) return HOST_INFO;
    if (!isBare(to) || !to.endsWith(`@${host}`)) return undefined;
    const room = await rooms.look(to);
    return room && roomInfo(muc, room, by);
  });

  module.on('disco:items', async ({ to, node, by }): Promise<readonly DiscoItem[] | undefined> => {
    if (node !== undefined) return undefined;
    if (to === module.domain) return [{ jid: host, name: 'Rooms' }];
    if (to === host) {
      const found = await rooms.list({ limit: settings.listedRooms });
      return found.filter(({ isPublic }) => isPublic).map(({ jid, name }) => ({ jid, name }));
    }
    if (!isBare(to) || !to.endsWith(`@${host}`)) return undefined;
    const room = await rooms.look(to);
    if (!room || !isVisible(room, by)) return room && [];
    // A members-only room keeps who is in it to itself.
    if (room.config.membersOnly && !(isFull(by) && room.bySession(by))) return [];
    const listed = [...room.occupants].filter((occupant) => room.visibility.lists(occupant));
    return listed.map(({ nick }) => ({ jid: occupantJid(to, nick) }));
  });
}
