import { createHmac } from 'node:crypto';
import type { BareJid } from '@meerkat-chat/xmpp';

/**
 * The id of an account in a room (XEP-0421): the same at each visit and over restarts, another in each room, and
 * nothing that leads back to the account for whoever does not have the key. 144 bits.
 */
export function occupantId(key: Uint8Array, room: BareJid, account: BareJid): string {
  return createHmac('sha256', key)
    .update(`${room}\n${account}`)
    .digest()
    .subarray(0, 18)
    .toString('base64url');
}
