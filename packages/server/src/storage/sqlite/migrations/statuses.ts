import type { Migration } from './migration.js';

/** Who shows a status on the web, by the id of its URL; one for each account. */
export const statuses: Migration = {
  name: 'statuses',
  async up(db) {
    await db.raw(`CREATE TABLE statuses (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL UNIQUE,
      guest INTEGER NOT NULL,
      status TEXT NOT NULL,
      since INTEGER NOT NULL
    ) WITHOUT ROWID`);
  },
};
