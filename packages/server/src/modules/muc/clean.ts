import { type Element, elements, NS } from '@meerkat-chat/xmpp';
import type { Room } from './room.js';

const OURS: ReadonlySet<string> = new Set([NS.muc, NS.mucUser, NS.mucAdmin, NS.mucOwner, NS.occupantId]);

/**
 * What of a client's stanza goes on to others: everything but what only the room may say (XEP-0045 section 17.1,
 * XEP-0359 section 4, XEP-0421 section 4). Every instance goes, not only the first.
 */
export function cleanContent(stanza: Element, room: Room): Element[] {
  return elements(stanza).filter((node) => {
    if (OURS.has(node.ns)) return false;
    if (node.ns === NS.stanzaId && node.name === 'stanza-id') return node.attrs.by !== room.jid;
    if (node.ns === NS.delay) return node.attrs.from !== room.jid;
    return true;
  });
}
