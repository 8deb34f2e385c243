import type { Migration } from './migration.js';

/** What administrators did. The id rises with each, also after old ones have been removed. */
export const audit: Migration = {
  name: 'audit',
  async up(db) {
    await db.raw(`CREATE TABLE audit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      target TEXT NOT NULL,
      details TEXT NOT NULL
    )`);
    await db.raw('CREATE INDEX audit_at ON audit (at)');
  },
};
