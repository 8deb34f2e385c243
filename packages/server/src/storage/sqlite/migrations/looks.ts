import { localOf, parseBareJid } from '@meerkat-chat/xmpp';
import { skeleton } from '../../../kernel/skeleton.js';
import type { Migration } from './migration.js';

const PAGE = 1000;

/** What the name of an account looks like, so that guests can be kept from names that cannot be told from it. */
export const looks: Migration = {
  name: 'looks',
  async up(db) {
    await db.raw("ALTER TABLE users ADD COLUMN look TEXT NOT NULL DEFAULT ''");
    let after = '';
    for (;;) {
      const rows = await db<{ account: string }>('users')
        .where('account', '>', after)
        .orderBy('account')
        .limit(PAGE)
        .select('account');
      for (const { account } of rows) {
        const jid = parseBareJid(account);
        if (jid)
          await db('users')
            .where({ account })
            .update({ look: skeleton(localOf(jid)) });
        after = account;
      }
      if (rows.length < PAGE) break;
    }
    await db.raw('CREATE INDEX users_by_look ON users (look)');
  },
};
