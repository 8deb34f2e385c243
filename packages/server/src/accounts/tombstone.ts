import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import { el, encodeStanzaId, messageEl, serialize } from '@meerkat-chat/xmpp';
import type { ArchiveEntry } from '../storage/storage.js';

const RETRACT = 'urn:xmpp:message-retract:1';

/**
 * What stands in an archive for a message whose author was erased (XEP-0424 section 5.2): its place and id, so that
 * pages and anchors hold, and nothing of what was said or of who said it. In a conversation of two it still says with whom.
 */
export function tombstone(entry: ArchiveEntry, isRoom: boolean, now: Millis): ArchiveEntry {
  const { archive, id } = entry;
  const from = isRoom ? archive : (entry.sender as BareJid);
  const xml = serialize(
    messageEl(
      { from, type: isRoom ? 'groupchat' : 'chat' },
      el('retracted', RETRACT, { stamp: new Date(now).toISOString() }),
      isRoom && encodeStanzaId(id, archive),
    ),
  );
  return { ...entry, sender: from, xml };
}

const TOMBSTONE =
  /^<message [^<>]*><retracted xmlns="urn:xmpp:message-retract:1" stamp="[^<>]*"\/>(<stanza-id [^<>]*\/>)?<\/message>$/;

/** True for what stands in the place of a message: there is nothing in it that could be erased again. */
export function isTombstone({ xml }: Pick<ArchiveEntry, 'xml'>): boolean {
  return TOMBSTONE.test(xml);
}
