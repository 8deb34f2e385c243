import type { Knex } from 'knex';
import type { FormerRecord, FormerStore } from '../storage.js';

/** Names of accounts that are gone, in SQLite. */
export class SqliteFormer implements FormerStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async add(digest: string): Promise<number> {
    const [row] = await this.#db.raw<{ times: number }[]>(
      `INSERT INTO former (digest, times) VALUES (?, 1)
       ON CONFLICT (digest) DO UPDATE SET times = times + 1 RETURNING times`,
      [digest],
    );
    return row?.times ?? 1;
  }

  list(options: { readonly after?: string; readonly limit: number }): Promise<FormerRecord[]> {
    return this.#db<FormerRecord>('former')
      .where('digest', '>', options.after ?? '')
      .orderBy('digest')
      .limit(options.limit);
  }
}
