import type { BareJid, Millis } from '@meerkat-chat/xmpp';
import type { Knex } from 'knex';
import { type ArchiveIdStart, ArchiveIds, idBeyond, lowestIdAt } from '../archive-ids.js';
import { anchorsOf, cutPage, readsBackward } from '../archive-page.js';
import { ArchiveWriter, type ArchiveWriterOptions } from '../archive-writer.js';
import type {
  ArchiveEntry,
  ArchiveFinding,
  ArchivePage,
  ArchiveQuery,
  ArchiveSearch,
  ArchiveStats,
  ArchiveStore,
} from '../storage.js';
import { Prepared } from './prepared.js';

/** Bounds and pace of the archive's commits. */
export type SqliteArchiveOptions = Omit<ArchiveWriterOptions, 'commit'>;

/** Rows removed in one transaction, so that nobody waits long for a large archive to go. */
const DELETED_AT_ONCE = 2000;

/** For how long ids are reserved: once in that time a commit is preceded by a second one. */
const RESERVED_SPAN: Millis = 10_000;

/** An entry that was looked at; its text only where it has one of the words. */
type Looked = Omit<ArchiveEntry, 'xml'> & { readonly xml: string | null };

/** One statement for a batch of any size: it is a transaction by itself. */
const INSERT = `INSERT INTO archive (archive, id, at, sender, xml)
  SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?)`;

/** Archives in SQLite, written by group commits. */
export class SqliteArchive implements ArchiveStore {
  readonly #db: Knex;
  readonly #insert: Prepared;
  readonly #ids: ArchiveIds;
  readonly #writer: ArchiveWriter;
  /** The last id that was committed. */
  #last: string;
  /** What the database says of ids, see `ArchiveIdStart.last`. */
  #reserved: string;

  private constructor(db: Knex, start: ArchiveIdStart, options: SqliteArchiveOptions) {
    this.#db = db;
    this.#last = start.last;
    this.#reserved = start.last;
    this.#insert = new Prepared(db, INSERT);
    this.#ids = new ArchiveIds(start);
    this.#writer = new ArchiveWriter({ ...options, commit: (entries) => this.#commit(entries) });
  }

  /** Reads where the ids go on. */
  static async open(db: Knex, options: SqliteArchiveOptions): Promise<SqliteArchive> {
    const [run] = await db.raw<{ value: number }[]>(
      `INSERT INTO meta (key, value) VALUES ('run', 1)
       ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value`,
    );
    const last = await db<{ key: string; value: string }>('meta').where({ key: 'archive.last' }).first();
    return new SqliteArchive(db, { run: run?.value ?? 0, last: last?.value ?? '' }, options);
  }

  get full(): boolean {
    return this.#writer.full;
  }

  stats(): ArchiveStats {
    return this.#writer.stats();
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

  async next(after: BareJid | undefined): Promise<BareJid | undefined> {
    // One row of the primary key each, however many entries an archive has.
    const row = await this.#db<ArchiveEntry>('archive')
      .select('archive')
      .where('archive', '>', after ?? '')
      .orderBy('archive')
      .first();
    return row?.archive;
  }

  async find({ archive, after, words, slice }: ArchiveSearch): Promise<ArchiveFinding> {
    await this.#writer.flush();
    const has = words.map(() => 'instr(xml, ?) > 0').join(' OR ');
    const rows: Looked[] = await this.#db('archive')
      .select('id', 'archive', 'at', 'sender', this.#db.raw(`CASE WHEN ${has} THEN xml END AS xml`, words))
      .where({ archive })
      .where('id', '>', after ?? '')
      .orderBy('id')
      .limit(slice);
    const entries = rows.filter((row): row is ArchiveEntry => row.xml !== null);
    return { entries, last: rows.length < slice ? undefined : rows.at(-1)?.id };
  }

  async rewrite(entries: readonly ArchiveEntry[]): Promise<number> {
    return this.#db.transaction(async (trx) => {
      let written = 0;
      for (const { archive, id, sender, xml } of entries) {
        written += await trx('archive').where({ archive, id }).update({ sender, xml });
      }
      return written;
    });
  }

  async forget(archive: BareJid): Promise<number> {
    await this.#writer.flush();
    let forgotten = 0;
    for (;;) {
      const some = this.#db('archive').select('id').where({ archive }).limit(DELETED_AT_ONCE);
      const deleted = await this.#db('archive').where({ archive }).whereIn('id', some).delete();
      forgotten += deleted;
      if (deleted < DELETED_AT_ONCE) return forgotten;
    }
  }

  /** Takes nothing more and finishes what was taken. */
  async close(): Promise<void> {
    await this.#writer.close();
    await this.#insert.close();
    if (this.#last !== this.#reserved) await this.#reserve(this.#last);
  }

  async #commit(entries: readonly ArchiveEntry[]): Promise<void> {
    const last = entries.reduce((highest, { id }) => (id > highest ? id : highest), this.#last);
    // Not with each commit: it would be a second table to write, in a transaction of several trips.
    if (last > this.#reserved) await this.#reserve(idBeyond(last, RESERVED_SPAN));
    const rows = entries.map(({ archive, id, at, sender, xml }) => [archive, id, at, sender, xml]);
    await this.#insert.run(JSON.stringify(rows));
    this.#last = last;
  }

  async #reserve(last: string): Promise<void> {
    await this.#db('meta').insert({ key: 'archive.last', value: last }).onConflict('key').merge();
    this.#reserved = last;
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
