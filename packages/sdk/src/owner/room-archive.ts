import {
  type BareJid,
  bareOf,
  decodeMamResult,
  type Element,
  isFull,
  parseJid,
  resourceOf,
} from '@meerkat-chat/xmpp';
import { Archive, type ArchiveResult } from './archive.js';
import { type Line, readLine } from './room-stanzas.js';

/** The archive of a room, loaded when it is first asked. */
export class RoomArchive extends Archive {
  /** Hears what may be a result. */
  hear(stanza: Element, room: BareJid): void {
    const result = decodeMamResult(stanza);
    if (result) this.take(result, room);
  }

  protected query(room: BareJid): { readonly to: BareJid } {
    return { to: room };
  }

  /** Undefined for an entry that no occupant said. */
  protected read({ message, id, at }: ArchiveResult, room: BareJid): Line | undefined {
    const from = parseJid(message.attrs.from ?? '');
    const said = from !== undefined && isFull(from) && bareOf(from) === room && message.name === 'message';
    const line =
      said && message.attrs.type === 'groupchat' ? readLine(message, resourceOf(from), at, true) : undefined;
    return line && { ...line, archiveId: id };
  }
}
