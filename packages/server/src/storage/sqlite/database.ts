import { chmod, open } from 'node:fs/promises';
import library, { type Knex } from 'knex';
import type { StorageProblem } from '../storage-error.js';
import { StorageError } from '../storage-error.js';
import { migrate } from './migrate.js';

/** How a SQLite database is opened. */
export interface SqliteOptions {
  /** The path of the file, or `:memory:`. */
  readonly file: string;
  /** `full` survives a power cut after each commit, `normal` only a crash of the process. Default `full`. */
  readonly synchronous?: 'full' | 'normal';
  /** How long to wait for another process that writes, in milliseconds. Default 5000. */
  readonly busyTimeout?: number;
}

interface RawConnection {
  run(sql: string, done: (error: Error | null) => void): void;
}

function pragmas(options: SqliteOptions): string[] {
  return [
    `busy_timeout = ${options.busyTimeout ?? 5000}`,
    'journal_mode = WAL',
    `synchronous = ${options.synchronous ?? 'full'}`,
    'foreign_keys = ON',
    // What is removed is overwritten: who has erased something does not find it again in pages that are free.
    'secure_delete = ON',
  ];
}

async function setUp(connection: RawConnection, options: SqliteOptions): Promise<void> {
  for (const pragma of pragmas(options)) {
    await new Promise<void>((fulfil, reject) => {
      connection.run(`PRAGMA ${pragma}`, (error) => (error ? reject(error) : fulfil()));
    });
  }
}

/** Knex would write to the console what is thrown as well; stdout is not ours to write to. */
const QUIET = { debug() {}, warn() {}, error() {}, deprecate() {} };

const PROBLEMS = new Map<string, readonly [StorageProblem, string]>([
  ['SQLITE_BUSY', ['locked', 'another process has locked it']],
  ['SQLITE_LOCKED', ['locked', 'another process has locked it']],
  ['SQLITE_CORRUPT', ['corrupt', 'it is damaged; put back a copy of it, or move it away to begin anew']],
  ['SQLITE_NOTADB', ['corrupt', 'it is not a database; move it away to begin anew']],
  ['SQLITE_READONLY', ['unusable', 'it may not be written; check the rights of the file and of its folder']],
  ['SQLITE_CANTOPEN', ['unusable', 'it cannot be opened; check the rights of the file and of its folder']],
  ['SQLITE_FULL', ['unusable', 'the disk is full']],
  ['SQLITE_IOERR', ['unusable', 'the disk fails to read or write it']],
  ['EACCES', ['unusable', 'it may not be written; check the rights of the file and of its folder']],
  ['EROFS', ['unusable', 'its disk may only be read']],
  ['ENOENT', ['unusable', 'its folder does not exist']],
  ['EISDIR', ['unusable', 'it is a folder']],
]);

/** Turns what SQLite or the file system says into a `StorageError`; anything else stays what it is. */
export function explainFailure(error: unknown, file: string): unknown {
  if (error instanceof StorageError) {
    return new StorageError(error.problem, `database ${file}: ${error.message}`, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = PROBLEMS.get(code);
  return known ? new StorageError(known[0], `database ${file}: ${known[1]}`, { cause: error }) : error;
}

/**
 * Opens a database file, made with mode 0600 where there is none, and brings its schema up to date.
 * @throws StorageError with one line that names the file
 */
export async function openDatabase(options: SqliteOptions): Promise<Knex> {
  const { file } = options;
  let db: Knex | undefined;
  try {
    if (file !== ':memory:') {
      const handle = await open(file, 'a', 0o600);
      await handle.close();
      await chmod(file, 0o600);
    }
    db = library.knex({
      client: 'sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
      log: QUIET,
      // What is said of a failure ends up in the log: the statement, and not the keys or words in it.
      compileSqlOnError: false,
      // One connection: SQLite has one writer, and a database in memory lives in its connection.
      pool: {
        min: 1,
        max: 1,
        idleTimeoutMillis: Number.MAX_SAFE_INTEGER,
        afterCreate(connection: RawConnection, done: (error: Error | null, made: RawConnection) => void) {
          setUp(connection, options).then(
            () => done(null, connection),
            (error: Error) => done(error, connection),
          );
        },
      },
    });
    await migrate(db);
    return db;
  } catch (error) {
    await db?.destroy();
    throw explainFailure(error, file);
  }
}

/** What is used of Knex's own, beside its queries. */
interface Acquiring {
  acquireConnection: () => Promise<unknown>;
}

/**
 * Closes a database: what runs is finished, what comes later fails at once. Knex would have it wait a minute for a
 * connection that never comes, and the process with it.
 */
export async function closeDatabase(db: Knex): Promise<void> {
  const client: Acquiring = db.client;
  client.acquireConnection = () => Promise.reject(new Error('the database is closed'));
  await db.destroy();
}
