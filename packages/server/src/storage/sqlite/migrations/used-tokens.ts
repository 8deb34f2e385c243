import type { Migration } from './migration.js';

/** The tokens of a site that have signed in and may not again, until they expire. */
export const usedTokens: Migration = {
  name: 'used-tokens',
  async up(db) {
    await db.raw('CREATE TABLE used_tokens (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID');
    await db.raw('CREATE INDEX used_tokens_by_end ON used_tokens (expires_at)');
  },
};
