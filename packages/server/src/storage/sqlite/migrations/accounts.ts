import type { Migration } from './migration.js';

/** Accounts without a password or suspended, what a person is to all rooms, and names of accounts that are gone. */
export const accounts: Migration = {
  name: 'accounts',
  async up(db) {
    await db.raw('ALTER TABLE users ADD COLUMN changed_at INTEGER');
    await db.raw('ALTER TABLE users ADD COLUMN suspended_at INTEGER');
    await db.raw('CREATE INDEX users_suspended ON users (account) WHERE suspended_at IS NOT NULL');
    await db.raw('CREATE INDEX affiliations_by_user ON affiliations (user)');
    await db.raw('CREATE TABLE former (digest TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID');
  },
};
