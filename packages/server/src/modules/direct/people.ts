import type { BareJid } from '@meerkat-chat/xmpp';
import type { ModuleContext, Storage } from '../../kernel/module.js';

/** What an address of ours is: an account, a guest who is here, or nobody (any more). */
export type Person = 'guest' | 'nobody' | 'user';

/** Who is behind an address. Nothing is read from the disk for somebody who is here. */
export function personAt(
  { sessions, storage }: Pick<ModuleContext<unknown>, 'sessions' | 'storage'>,
  account: BareJid,
): Person | Promise<Person> {
  const [session] = sessions.of(account);
  if (session) return session.identity.kind;
  return absent(storage, account);
}

async function absent({ archive, users }: Storage, account: BareJid): Promise<Person> {
  if (await users.get(account)) return 'user';
  // Accounts of a site are not kept here; one that has said or got something before has an archive, and no guest does.
  const page = await archive.query({ archive: account, max: 1 });
  return page.found && page.entries.length > 0 ? 'user' : 'nobody';
}
