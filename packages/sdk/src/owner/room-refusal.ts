import {
  decodeMucUser,
  type Element,
  isReservedNick,
  MUC_STATUS,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import type { RoomNotice, RoomRefusal, RoomStatus } from '../chat.js';
import { isSelf } from './room-stanzas.js';

/** Why we are not in a room. */
export type Refused = Extract<RoomStatus, { state: 'refused' }>;

function joinRefusal(error: StanzaError): RoomRefusal {
  switch (error.condition) {
    case 'not-authorized':
      return 'password';
    case 'forbidden':
      return 'banned';
    case 'registration-required':
      return 'members-only';
    case 'conflict':
      return 'nick-conflict';
    case 'not-acceptable':
      return isReservedNick(error.application) ? 'nick-reserved' : 'nick-refused';
    case 'jid-malformed':
      return 'nick-refused';
    case 'not-allowed':
      return 'not-allowed';
    case 'item-not-found':
    case 'remote-server-not-found':
      return 'not-found';
    case 'gone':
      return 'destroyed';
    case 'service-unavailable':
      return 'full';
    default:
      return 'unknown';
  }
}

/** Why a join (or a new nick) was refused, by the conditions of XEP-0045 section 7.2. */
export function refusedBy(error: StanzaError): Refused {
  return { state: 'refused', reason: joinRefusal(error), text: error.text };
}

/**
 * Why we are no longer in a room, by the codes of our own unavailable presence (sections 8.2, 9.1, 9.4 and 10.9).
 * Undefined where nobody wanted it, so that joining again is right.
 */
export function removedBy(presence: Element): Refused | undefined {
  const { statuses, item, destroy } = decodeMucUser(presence) ?? { statuses: [] };
  const reason = ((): RoomRefusal | undefined => {
    if (destroy) return 'destroyed';
    if (statuses.includes(MUC_STATUS.banned)) return 'banned';
    if (statuses.includes(MUC_STATUS.affiliationLost) || statuses.includes(MUC_STATUS.membersOnly)) {
      return 'members-only';
    }
    // 333 beside 307 is how some servers say that a connection was lost.
    const lost = statuses.includes(MUC_STATUS.shutdown) || statuses.includes(MUC_STATUS.error);
    return statuses.includes(MUC_STATUS.kicked) && !lost ? 'kicked' : undefined;
  })();
  if (!reason) return undefined;
  return { state: 'refused', reason, text: destroy?.reason ?? item?.reason, by: item?.actor?.nick };
}

/** The removal of somebody else, as their unavailable presence tells it; undefined for who left by themselves. */
export function removalOf(nick: string, presence: Element): RoomNotice | undefined {
  const { reason: kind, text, by } = removedBy(presence) ?? {};
  if ((kind !== 'banned' && kind !== 'kicked') || isSelf(presence)) return undefined;
  return { kind, nick, by, reason: text };
}

/** A sentence for people on why a room did not take a message. */
export function sayWhy(error: StanzaError): string {
  if (error.text !== undefined && error.text !== '') return error.text;
  switch (error.condition) {
    case 'forbidden':
    case 'not-allowed':
      return 'You may not write in this room.';
    case 'policy-violation':
    case 'resource-constraint':
      return 'You are writing too fast, or the message is too long.';
    case 'remote-server-not-found':
    case 'remote-server-timeout':
      return 'The room could not be reached.';
    default:
      return 'The room did not accept this message.';
  }
}
