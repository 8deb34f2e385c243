import type { Migration } from './migration.js';

/** Up to when what a site has made for a sign-in, or for somebody, is good for nothing. */
export const endedSignIns: Migration = {
  name: 'ended-sign-ins',
  async up(db) {
    await db.raw('CREATE TABLE ended_sign_ins (digest TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID');
  },
};
