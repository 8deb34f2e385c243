import { bareOf, type Element, elements, NS, parseJid } from '@meerkat-chat/xmpp';
import type { Room } from './room.js';

const OURS: ReadonlySet<string> = new Set([
  NS.muc,
  NS.mucUser,
  NS.mucAdmin,
  NS.mucOwner,
  NS.occupantId,
  NS.roomOccupants,
  NS.avatar,
]);

/**
 * What of a client's stanza goes on to others: everything but what only the room may say (XEP-0045 section 17.1,
 * XEP-0359 section 4, XEP-0421 section 4). Every instance goes, not only the first.
 */
export function cleanContent(stanza: Element, room: Room): Element[] {
  return elements(stanza).filter((node) => {
    if (OURS.has(node.ns)) return false;
    if (node.ns === NS.stanzaId && node.name === 'stanza-id') return !names(node.attrs.by, room);
    if (node.ns === NS.delay) return !names(node.attrs.from, room);
    return true;
  });
}

/** True for the room's address however it is written, and for every address in it. */
function names(address: string | undefined, room: Room): boolean {
  if (address === undefined) return false;
  const jid = parseJid(address.trim());
  return jid !== undefined && bareOf(jid) === room.jid;
}
