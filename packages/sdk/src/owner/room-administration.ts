import {
  assertNever,
  type BareJid,
  type Element,
  el,
  encodeMucAdmin,
  type MucItem,
  NS,
} from '@meerkat-chat/xmpp';
import type { Occupant } from '../chat.js';

/** What a moderator asks of a room. */
export type Administration =
  | { readonly kind: 'ban' | 'kick'; readonly nick: string; readonly reason?: string | undefined }
  | { readonly kind: 'voice'; readonly nick: string; readonly voice: boolean };

/** The request that does it (XEP-0045 sections 8 and 9). @param occupants by nick */
export function administrationOf(
  command: Administration,
  room: BareJid | undefined,
  occupants: ReadonlyMap<string, Occupant>,
): Element {
  return el('iq', NS.client, { type: 'set', to: room }, encodeMucAdmin([itemOf(command, occupants)]));
}

function itemOf(command: Administration, occupants: ReadonlyMap<string, Occupant>): MucItem {
  const { kind, nick } = command;
  switch (kind) {
    case 'kick':
      return { nick, role: 'none', reason: command.reason };
    case 'ban': {
      const jid = occupants.get(nick)?.jid;
      // Where the room does not tell addresses, several services take the nick instead.
      return { ...(jid === undefined ? { nick } : { jid }), affiliation: 'outcast', reason: command.reason };
    }
    case 'voice':
      return { nick, role: command.voice ? 'participant' : 'visitor' };
    default:
      return assertNever(kind);
  }
}
