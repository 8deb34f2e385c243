import {
  childText,
  el,
  encodeOccupantId,
  type Message,
  messageEl,
  NS,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Settled } from '../../kernel/hooks.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { fits, type MucContext, occupantJid, refuse } from './muc-context.js';
import type { Occupant } from './occupant.js';
import { introduce } from './presence.js';
import type { Room } from './room.js';

function mayChange(room: Room, occupant: Occupant): boolean {
  return occupant.role === 'moderator' || (room.config.changeSubject && occupant.role === 'participant');
}

/** Changes the subject of a room and tells everybody (XEP-0045 section 8.1). Kept with the room, not in its archive. */
export function changeSubject(muc: MucContext, room: Room, occupant: Occupant, message: Message): Settled {
  if (!mayChange(room, occupant)) {
    refuse(muc, message, stanzaError('forbidden', 'You may not change the subject.'));
    return undefined;
  }
  const text = childText(message.el, 'subject') ?? '';
  if (!fits(text, muc.settings.subjectBytes)) {
    refuse(muc, message, stanzaError('policy-violation', 'The subject is too long.'));
    return undefined;
  }
  room.subject = { text, by: occupant.nick, at: muc.module.clock.now() };
  const told = messageEl(
    {
      from: occupantJid(room.jid, occupant.nick),
      type: 'groupchat',
      ...(message.id === undefined ? {} : { id: message.id }),
    },
    el('subject', NS.client, {}, ...(text ? [text] : [])),
    encodeOccupantId(occupant.id),
  );
  introduce(muc, room, occupant);
  muc.module.outlet.fanOut(SharedStanza.of(told), room.sessions);
  return room.config.persistent ? muc.rooms.save(room) : undefined;
}
