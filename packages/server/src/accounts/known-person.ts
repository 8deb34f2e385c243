import type { BareJid } from '@meerkat-chat/xmpp';
import type { Storage } from '../storage/storage.js';

/** Where something may be kept of somebody under their name. */
export type PersonStorage = Pick<Storage, 'archive' | 'rooms' | 'statuses' | 'tokens' | 'users'>;

/**
 * Whether anything is kept of whoever has a name: an account, or of a visitor of the site a token for coming back, a
 * shared status, a place in a room's lists, an archive.
 */
export async function isKnown(storage: PersonStorage, account: BareJid): Promise<boolean> {
  if (await storage.users.get(account)) return true;
  if ((await storage.tokens.of(account, 1)).length > 0 || (await storage.statuses.of(account))) return true;
  if ((await storage.rooms.affiliationsOf(account, { limit: 1 })).length > 0) return true;
  const page = await storage.archive.query({ archive: account, max: 1 });
  return page.found && page.entries.length > 0;
}
