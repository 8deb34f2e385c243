import {
  accountOf,
  type BareJid,
  decodeMamResult,
  type Element,
  localOf,
  parseJid,
} from '@meerkat-chat/xmpp';
import { Archive, type ArchiveResult } from './archive.js';
import { readWords } from './direct-message.js';
import type { Line } from './room-stanzas.js';

/** The archive of our account (XEP-0313 section 3), which is asked for what was said with somebody. */
export class ConversationArchive extends Archive {
  /** Hears a message from our own account; true when it is a result, whether anybody asked or not. */
  hear(stanza: Element, account: BareJid): boolean {
    const result = decodeMamResult(stanza);
    if (!result || (stanza.attrs.from ?? account) !== account) return false;
    this.take(result, account);
    return true;
  }

  protected query(peer: BareJid): { readonly with: BareJid } {
    return { with: peer };
  }

  /** A line under the address of whoever said it. */
  protected read({ message, id, at }: ArchiveResult, peer: BareJid, account: BareJid): Line | undefined {
    const from = parseJid(message.attrs.from ?? '');
    const who = from && accountOf(from);
    if (who === undefined || (who !== peer && who !== account)) return undefined;
    const { text, id: givenId, lasting } = readWords(message, account);
    if (text === undefined) return undefined;
    return {
      id: givenId,
      nick: localOf(who),
      occupantId: who,
      at,
      old: true,
      text,
      byId: lasting,
      archiveId: id,
    };
  }
}
