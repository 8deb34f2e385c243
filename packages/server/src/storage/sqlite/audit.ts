import type { Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import type { AuditEntry, AuditStore, KeptAuditEntry } from '../storage.js';

interface AuditRow {
  readonly id: number;
  readonly at: Millis;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  /** JSON. */
  readonly details: string;
}

/** The audit log in SQLite. */
export class SqliteAudit implements AuditStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async append(entry: AuditEntry): Promise<void> {
    await this.#db('audit').insert({ ...entry, details: JSON.stringify(entry.details) });
  }

  async list(options: { readonly before?: number; readonly limit: number }): Promise<KeptAuditEntry[]> {
    const rows = await this.#db<AuditRow>('audit')
      .where('id', '<', options.before ?? Number.MAX_SAFE_INTEGER)
      .orderBy('id', 'desc')
      .limit(options.limit);
    return rows.map((row) => ({ ...row, details: JSON.parse(row.details) }));
  }

  async forget(names: readonly string[], instead: string): Promise<number> {
    const targets = await this.#db('audit')
      .whereIn('target', names)
      // The path is there already, or nothing is put there.
      .update({ target: instead, details: this.#db.raw(`json_replace(details, '$.problem', ?)`, [instead]) });
    const details = await this.#db('audit')
      .whereRaw(`details ->> '$.user' IN (${names.map(() => '?').join()})`, names)
      .update({ details: this.#db.raw(`json_set(details, '$.user', ?)`, [instead]) });
    return targets + details;
  }

  async sweep(before: Millis, limit: number): Promise<number> {
    const old = this.#db('audit').select('id').where('at', '<', before).orderBy('id').limit(limit);
    return this.#db('audit').whereIn('id', old).delete();
  }
}
