import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import { ArchiveIds, lowestIdAt } from '../archive-ids.js';
import { anchorsOf, cutPage, readsBackward } from '../archive-page.js';
import { ArchiveWriter } from '../archive-writer.js';
import type { ArchiveEntry, ArchivePage, ArchiveQuery, ArchiveStore } from '../storage.js';

/** Rows of one INSERT, five values each: SQLite bounds both terms and values. */
const ROWS_AT_ONCE = 500;
/** Rows removed in one transaction, so that nobody waits long for a large archive to go. */
const DELETED_AT_ONCE = 2000;

async function insert(trx: Knex, entries: readonly ArchiveEntry[]): Promise<void> {
  const values = entries.flatMap(({ archive, id, at, sender, xml }) => [archive, id, at, sender, xml]);
  const rows = Array.from({ length: entries.length }, () => '(?,?,?,?,?)').join(',');
  // Written by hand: three times as fast as the query builder.
  await trx.raw(`INSERT INTO archive (archive, id, at, sender, xml) VALUES ${rows}`, values);
}

/** Archives in SQLite, written by group commits. */
export class SqliteArchive implements ArchiveStore {
  readonly #db: Knex;
  readonly #ids: ArchiveIds;
  readonly #writer: ArchiveWriter;
  #last: string;

  private constructor(db: Knex, run: number, last: string, maxWaitingBytes: number) {
    this.#db = db;
    this.#last = last;
    this.#ids = new ArchiveIds({ run, last });
    this.#writer = new ArchiveWriter((entries) => this.#commit(entries), maxWaitingBytes);
  }

  /** @param maxWaitingBytes bytes of entries that may wait for their commit */
  static async open(db: Knex, maxWaitingBytes: number): Promise<SqliteArchive> {
    const [run] = await db.raw<{ value: number }[]>(
      `INSERT INTO meta (key, value) VALUES ('run', 1)
       ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value`,
    );
    const last = await db<{ key: string; value: string }>('meta').where({ key: 'archive.last' }).first();
    return new SqliteArchive(db, run?.value ?? 0, last?.value ?? '', maxWaitingBytes);
  }

  get full(): boolean {
    return this.#writer.full;
  }

  nextId(now: Millis): string {
    return this.#ids.next(now);
  }

  append(entry: ArchiveEntry): Promise<void> {
    return this.#writer.append(entry);
  }

  async query(query: ArchiveQuery): Promise<ArchivePage> {
    // Before the database is read: what is committed meanwhile is then seen twice, never missed.
    const waiting = this.#writer.waiting(query.archive);
    if (!(await this.#hasAll(query.archive, anchorsOf(query), waiting))) return { found: false };
    const { archive, start, end, sender, after, before, max } = query;
    const rows = await this.#db<ArchiveEntry>('archive')
      .where({ archive, ...(sender === undefined ? {} : { sender }) })
      .modify((select) => {
        if (after !== undefined) select.where('id', '>', after);
        if (before !== undefined && before !== '') select.where('id', '<', before);
        // An id is never of an earlier time than its entry, which bounds the range to be read.
        if (start !== undefined) select.where('id', '>=', lowestIdAt(start)).where('at', '>=', start);
        if (end !== undefined) select.where('at', '<=', end);
      })
      .orderBy('id', readsBackward(query) ? 'desc' : 'asc')
      .limit(max + 1);
    return cutPage([...rows, ...waiting], query);
  }

  async purge(archive: BareJid, before: Millis, limit: number): Promise<number> {
    // By id alone: entries made while the clock was behind go a little later, and nothing has to be searched.
    const old = this.#db('archive')
      .select('id')
      .where({ archive })
      .where('id', '<', lowestIdAt(before))
      .orderBy('id')
      .limit(limit);
    return this.#db('archive').where({ archive }).whereIn('id', old).delete();
  }

  /** Removes a whole archive. */
  async forget(archive: BareJid): Promise<void> {
    await this.#writer.flush();
    let deleted: number;
    do {
      const some = this.#db('archive').select('id').where({ archive }).limit(DELETED_AT_ONCE);
      deleted = await this.#db('archive').where({ archive }).whereIn('id', some).delete();
    } while (deleted === DELETED_AT_ONCE);
  }

  /** Takes nothing more and finishes what was taken. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  async #commit(entries: readonly ArchiveEntry[]): Promise<void> {
    const last = entries.reduce((highest, { id }) => (id > highest ? id : highest), this.#last);
    await this.#db.transaction(async (trx) => {
      for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
        await insert(trx, entries.slice(from, from + ROWS_AT_ONCE));
      }
      await trx('meta').insert({ key: 'archive.last', value: last }).onConflict('key').merge();
    });
    this.#last = last;
  }

  async #hasAll(
    archive: BareJid,
    ids: readonly string[],
    waiting: readonly ArchiveEntry[],
  ): Promise<boolean> {
    const missing = new Set(ids.filter((id) => !waiting.some((entry) => entry.id === id)));
    if (missing.size === 0) return true;
    const found = await this.#db('archive')
      .select('id')
      .where({ archive })
      .whereIn('id', [...missing]);
    return found.length === missing.size;
  }
}
