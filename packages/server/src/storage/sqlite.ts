import type { Clock, Millis } from '@meerkat-chat/xmpp';
import { SqliteArchive } from './sqlite/archive.js';
import { SqliteAudit } from './sqlite/audit.js';
import { closeDatabase, explainFailure, openDatabase, type SqliteOptions } from './sqlite/database.js';
import { SqliteEndedSignIns } from './sqlite/ended-sign-ins.js';
import { SqliteFormer } from './sqlite/former.js';
import { SqliteRooms } from './sqlite/rooms.js';
import { SqliteStatuses } from './sqlite/statuses.js';
import { SqliteTokens } from './sqlite/tokens.js';
import { SqliteUsedTokens } from './sqlite/used-tokens.js';
import { SqliteUsers } from './sqlite/users.js';
import type { Storage } from './storage.js';

/** How a storage in SQLite is opened. */
export interface SqliteStorageOptions extends SqliteOptions {
  readonly clock: Clock;
  /** Bytes of archive entries that may wait for their commit. Default 64 MiB. */
  readonly archiveWaitingBytes?: number;
  /**
   * The least time from one commit of the archive to the next, in milliseconds, and of used tokens where it is shorter than
   * theirs. Default 50; 0 for none.
   */
  readonly commitInterval?: Millis;
}

/** The least time from one commit of used tokens to the next: somebody waits for each. */
const SIGN_IN_INTERVAL: Millis = 20;

/**
 * Opens a storage in a SQLite file, made where there is none.
 * @throws StorageError with one line that names the file
 */
export async function openSqliteStorage(options: SqliteStorageOptions): Promise<Storage> {
  const db = await openDatabase(options);
  const interval = options.commitInterval ?? 50;
  let archive: SqliteArchive;
  try {
    archive = await SqliteArchive.open(db, {
      clock: options.clock,
      maxWaitingBytes: options.archiveWaitingBytes ?? 64 * 1024 * 1024,
      interval,
    });
  } catch (error) {
    await db.destroy();
    throw explainFailure(error, options.file);
  }
  const pace = { clock: options.clock, interval: Math.min(interval, SIGN_IN_INTERVAL) };
  const usedTokens = new SqliteUsedTokens(db, pace);
  return {
    users: new SqliteUsers(db),
    tokens: new SqliteTokens(db),
    usedTokens,
    endedSignIns: new SqliteEndedSignIns(db),
    rooms: new SqliteRooms(db, async (room) => void (await archive.forget(room))),
    archive,
    statuses: new SqliteStatuses(db),
    audit: new SqliteAudit(db),
    former: new SqliteFormer(db),
    async check() {
      // Another row each time, or SQLite would find nothing to write.
      await db.raw(
        `INSERT INTO meta (key, value) VALUES ('checks', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1`,
      );
    },
    async scrub() {
      // The log of changes has pages as they were before, until it begins anew.
      await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    async close() {
      await archive.close();
      await usedTokens.close();
      await closeDatabase(db);
    },
  };
}
