import type { Migration } from './migration.js';

/** Users, tokens, rooms, archive. Addresses are text; times are milliseconds since 1970. */
export const initial: Migration = {
  name: 'initial',
  async up(db) {
    await db.raw(`CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID`);
    await db.raw(`CREATE TABLE users (
      account TEXT PRIMARY KEY,
      keys TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) WITHOUT ROWID`);
    await db.raw(`CREATE TABLE tokens (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      serial TEXT NOT NULL UNIQUE,
      account TEXT NOT NULL,
      client_id TEXT NOT NULL,
      guest INTEGER NOT NULL,
      mechanism TEXT NOT NULL,
      issued_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      count INTEGER NOT NULL
    )`);
    await db.raw('CREATE INDEX tokens_by_client ON tokens (account, client_id)');
    await db.raw('CREATE INDEX tokens_by_expiry ON tokens (expires_at)');
    await db.raw(`CREATE TABLE rooms (
      jid TEXT PRIMARY KEY,
      config TEXT NOT NULL,
      subject TEXT,
      created_at INTEGER NOT NULL
    ) WITHOUT ROWID`);
    await db.raw(`CREATE TABLE affiliations (
      room TEXT NOT NULL REFERENCES rooms (jid) ON DELETE CASCADE,
      user TEXT NOT NULL,
      affiliation TEXT NOT NULL,
      PRIMARY KEY (room, user)
    ) WITHOUT ROWID`);
    // Clustered by archive and id, so that a page is one range of neighbours.
    await db.raw(`CREATE TABLE archive (
      archive TEXT NOT NULL,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      sender TEXT NOT NULL,
      xml TEXT NOT NULL,
      PRIMARY KEY (archive, id)
    ) WITHOUT ROWID`);
  },
};
