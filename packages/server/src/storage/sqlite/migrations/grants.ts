import type { Migration } from './migration.js';

/** What a site said in the credential that a token was given for: rights and until when they last. */
export const grants: Migration = {
  name: 'grants',
  async up(db) {
    await db.raw('ALTER TABLE tokens ADD COLUMN granted TEXT');
  },
};
