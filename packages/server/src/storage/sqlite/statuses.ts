import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { AccountStatus, StatusRecord, StatusStore } from '../storage.js';

interface StatusRow {
  readonly id: string;
  readonly account: BareJid;
  readonly guest: 0 | 1;
  readonly status: AccountStatus;
  readonly since: Millis;
}

function decode(row: StatusRow): StatusRecord {
  return { ...row, guest: row.guest === 1 };
}

/** Shared statuses in SQLite. */
export class SqliteStatuses implements StatusStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async add(record: StatusRecord): Promise<StatusRecord> {
    const row: StatusRow = { ...record, guest: record.guest ? 1 : 0 };
    return this.#db.transaction(async (trx) => {
      await trx('statuses').insert(row).onConflict('account').ignore();
      const kept = await trx<StatusRow>('statuses').where({ account: record.account }).first();
      return kept ? decode(kept) : record;
    });
  }

  async note(changes: readonly Pick<StatusRecord, 'id' | 'since' | 'status'>[]): Promise<void> {
    if (changes.length === 0) return;
    // One JSON text, so that the statement is the same for any number of them.
    await this.#db.raw(
      `UPDATE statuses SET status = changed.value ->> 'status', since = changed.value ->> 'since'
       FROM json_each(?) AS changed WHERE statuses.id = changed.value ->> 'id'`,
      [JSON.stringify(changes.map(({ id, since, status }) => ({ id, since, status })))],
    );
  }

  async remove(account: BareJid): Promise<boolean> {
    return (await this.#db('statuses').where({ account }).delete()) > 0;
  }

  async of(account: BareJid): Promise<StatusRecord | undefined> {
    const row = await this.#db<StatusRow>('statuses').where({ account }).first();
    return row && decode(row);
  }

  async list(options: { readonly after?: string; readonly limit: number }): Promise<StatusRecord[]> {
    const rows = await this.#db<StatusRow>('statuses')
      .where('id', '>', options.after ?? '')
      .orderBy('id')
      .limit(options.limit);
    return rows.map(decode);
  }
}
