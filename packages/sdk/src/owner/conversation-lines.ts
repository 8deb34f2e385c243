import {
  type BareJid,
  el,
  encodeOriginId,
  encodeReceiptRequest,
  messageEl,
  NS,
  type StanzaError,
} from '@meerkat-chat/xmpp';
import type { RoomMessage } from '../chat.js';
import type { Messages } from './messages.js';

/** A message to somebody, of which one wants to know that it arrived. @param key its id, for good */
export function directMessage(to: BareJid, key: string, text: string) {
  const body = el('body', NS.client, {}, text);
  return messageEl({ to, type: 'chat', id: key }, body, encodeOriginId(key), encodeReceiptRequest());
}

/**
 * The archived message after which everything is to be asked for. What we sent has no archive id until it is found
 * there, and may stand in the archive before what came meanwhile.
 */
export function anchorOf({ delivered }: Messages): string | undefined {
  const unplaced = delivered.findIndex(({ own, archiveId }) => own && archiveId === undefined);
  const placed = unplaced < 0 ? delivered : delivered.slice(0, unplaced);
  return placed.findLast(({ archiveId }) => archiveId !== undefined)?.archiveId;
}

/** The rows, with the word that the other one has that message. */
export function withReceipt(rows: readonly RoomMessage[], key: string | undefined): readonly RoomMessage[] {
  const at = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  const row = rows[at];
  if (row?.delivery.state !== 'delivered') return rows;
  return rows.with(at, { ...row, delivery: { state: 'delivered', received: true } });
}

/** A sentence for people on why a message came back. */
export function sayWhyNot({ condition, text }: StanzaError): string {
  if (text !== undefined && text !== '') return text;
  switch (condition) {
    case 'service-unavailable':
    case 'recipient-unavailable':
      return 'They are not there, and will not get this.';
    case 'forbidden':
    case 'not-allowed':
      return 'You may not write to this person.';
    default:
      return 'This message was not accepted.';
  }
}
