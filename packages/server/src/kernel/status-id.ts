import type { Random } from '@meerkat-chat/xmpp';

/** 144 bits: nobody finds an id by trying. */
const BYTES = 18;
const ID = /^[\w-]{22,64}$/;

/** A new id under which a status is shown on the web: 24 characters of base64url. */
export function newStatusId(random: Random): string {
  return Buffer.from(random.bytes(BYTES)).toString('base64url');
}

/** True for what could be the id of a status: 22 to 64 characters of base64url. */
export function isStatusId(text: string): boolean {
  return ID.test(text);
}
