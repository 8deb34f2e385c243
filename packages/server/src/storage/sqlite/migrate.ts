import type { Knex } from 'knex';
import { StorageError } from '../storage-error.js';
import { accounts } from './migrations/accounts.js';
import { audit } from './migrations/audit.js';
import { endedSignIns } from './migrations/ended-sign-ins.js';
import { grants } from './migrations/grants.js';
import { initial } from './migrations/initial.js';
import { looks } from './migrations/looks.js';
import type { Migration } from './migrations/migration.js';
import { statuses } from './migrations/statuses.js';
import { usedTokens } from './migrations/used-tokens.js';

/** Every step of the schema, oldest first. A step that has been released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  statuses,
  grants,
  audit,
  usedTokens,
  looks,
  accounts,
  endedSignIns,
];

/**
 * Brings the schema up to date. The number of steps that have run is SQLite's own `user_version`, written in the
 * transaction of each step: a process that dies half-way leaves a whole schema and no lock behind.
 */
export async function migrate(db: Knex, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await db.transaction(async (trx) => {
    const [row] = await trx.raw<{ user_version: number }[]>('PRAGMA user_version');
    const done = row?.user_version ?? 0;
    if (done > migrations.length) {
      throw new StorageError(
        'future',
        `it was written by a newer version of Meerkat (schema ${done}, this one knows ${migrations.length})`,
      );
    }
    for (const migration of migrations.slice(done)) await migration.up(trx);
    if (done < migrations.length) await trx.raw(`PRAGMA user_version = ${migrations.length}`);
  });
}
