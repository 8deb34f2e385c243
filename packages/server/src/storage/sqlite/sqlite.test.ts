import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lobby, NOW, romeo, user } from '../contract/samples.js';
import { describeStorageContract } from '../contract.js';
import { openSqliteStorage, type SqliteStorageOptions } from '../sqlite.js';
import type { ArchiveEntry, Storage } from '../storage.js';
import { StorageError } from '../storage-error.js';
import { SqliteArchive } from './archive.js';
import { closeDatabase, openDatabase } from './database.js';
import { MIGRATIONS, migrate } from './migrate.js';

/** Opens the storage in that file; it commits without pauses. */
const open = (options: Partial<SqliteStorageOptions> = {}) =>
  openSqliteStorage({ file, clock: new FakeClock(), commitInterval: 0, ...options });

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-storage-'));
  file = path.join(folder, 'meerkat.sqlite');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (archive: { nextId(now: number): string }, xml = '<message/>'): ArchiveEntry => ({
  id: archive.nextId(NOW),
  archive: lobby,
  at: NOW,
  sender: 's',
  xml,
});

/** What opening the file says of it. */
async function refusal(): Promise<{ problem: string; message: string }> {
  try {
    const storage = await open({ busyTimeout: 20 });
    await storage.close();
  } catch (error) {
    if (error instanceof StorageError) return { problem: error.problem, message: error.message };
    throw error;
  }
  throw new Error('it was opened');
}

describeStorageContract('SQLite in a file', () => open());

test('the database is its owner’s alone, in WAL, synchronous and with foreign keys', async () => {
  const db = await openDatabase({ file });
  await db('meta').insert({ key: 'a', value: 1 });
  for (const suffix of ['', '-wal', '-shm']) {
    expect((await stat(file + suffix)).mode & 0o777).toBe(0o600);
  }
  const pragma = async (name: string) => Object.values((await db.raw(`PRAGMA ${name}`))[0]);
  expect(await pragma('journal_mode')).toEqual(['wal']);
  expect(await pragma('synchronous')).toEqual([2]);
  expect(await pragma('foreign_keys')).toEqual([1]);
  expect(await pragma('secure_delete')).toEqual([1]);
  expect(await pragma('busy_timeout')).toEqual([5000]);
  await db.destroy();
});

test('what was removed or rewritten is in none of its files after scrubbing', async () => {
  const storage = await open();
  const kept = async () =>
    Buffer.concat(await Promise.all(['', '-wal'].map((suffix) => readFile(file + suffix)))).toString(
      'latin1',
    );
  // A short one, and one that goes over pages of its own.
  const secrets = ['a dagger', `a potion ${'of forty hours '.repeat(2000)}`];
  const said = secrets.map((secret) => entry(storage.archive, `<body>${secret}</body>`));
  for (const one of said) await storage.archive.append(one);
  await storage.users.add(user(romeo));
  expect(await kept()).toContain('a dagger');
  await storage.archive.rewrite(said.map((one) => ({ ...one, xml: '<retracted/>' })));
  await storage.users.delete(romeo);
  await storage.scrub();
  for (const word of ['a dagger', 'a potion', 'forty hours', romeo]) expect(await kept()).not.toContain(word);
  await storage.close();
});

test('what was kept is there after a restart, and ids go on above it', async () => {
  const first = await open();
  await first.users.add(user(romeo));
  const kept = entry(first.archive);
  const lost = first.archive.nextId(NOW);
  await first.archive.append(kept);
  await first.close();
  const second = await open();
  expect(await second.users.get(romeo)).toEqual(user(romeo));
  expect(await second.archive.query({ archive: lobby, max: 9 })).toMatchObject({ entries: [kept] });
  const next = second.archive.nextId(NOW - 86_400_000);
  expect(next > kept.id).toBe(true);
  expect(next).not.toBe(lost);
  await second.close();
});

test('after a crash ids go on above those of before, though the clock went back', async () => {
  // Two that do not close are as good as crashed: what they committed is in the file.
  const crashed: Storage[] = [];
  let last = '';
  for (const at of [NOW, NOW + 60_000, NOW - 86_400_000, NOW + 60_000]) {
    const storage = await open();
    crashed.push(storage);
    for (const ahead of [0, 9_000, 11_000]) {
      const id = storage.archive.nextId(at + ahead);
      expect(id > last).toBe(true);
      await storage.archive.append({ id, archive: lobby, at, sender: 's', xml: '<message/>' });
      last = id;
    }
  }
  for (const storage of crashed.reverse()) await storage.close();
});

test('ids go on above those that were deleted', async () => {
  const first = await open();
  const kept = entry(first.archive);
  await first.archive.append(kept);
  await first.rooms.delete(lobby);
  await first.close();
  const second = await open();
  expect(second.archive.nextId(NOW - 86_400_000) > kept.id).toBe(true);
  await second.close();
});

test('closing writes what was taken, without a pause between its commits', async () => {
  const first = await open({ commitInterval: 20 });
  await first.archive.append(entry(first.archive));
  const appended = Array.from({ length: 1203 }, () => first.archive.append(entry(first.archive)));
  await first.close();
  await Promise.all(appended);
  const second = await open();
  const page = await second.archive.query({ archive: lobby, max: 2000 });
  expect(page.found && page.entries.length).toBe(1204);
  await second.close();
});

test('closing finishes what runs, and what comes later fails at once', async () => {
  const db = await openDatabase({ file });
  let later: Promise<unknown> = Promise.resolve();
  await db.transaction(async (trx) => {
    const closed = closeDatabase(db);
    later = Promise.allSettled([db('meta'), closed.then(() => db('meta'))]);
    await trx('meta').insert({ key: 'a', value: 1 });
  });
  expect(await later).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  const again = await openDatabase({ file });
  expect(await again('meta').where({ key: 'a' })).toHaveLength(1);
  await closeDatabase(again);
});

test('what asks while the last connections are let go waits for nothing', async () => {
  const storage = await open();
  const closed = storage.close();
  const ask = () => storage.users.get(romeo).catch((error: Error) => error.message);
  const asked: Promise<unknown>[] = [];
  let going = true;
  void closed.then(() => {
    going = false;
  });
  while (going) {
    asked.push(ask());
    await new Promise(setImmediate);
  }
  await Promise.all(asked);
  expect(await ask()).toBe('the database is closed');
});

test('what is said of a failure names nothing that was to be kept', async () => {
  const db = await openDatabase({ file });
  await db('meta').insert({ key: 'a', value: 1 });
  const again = await db('meta')
    .insert({ key: 'a', value: 'secret' })
    .catch((error: Error) => error.message);
  expect(again).toContain('UNIQUE');
  expect(again).not.toContain('secret');
  await closeDatabase(db);
});

test('a full disk refuses those entries; later ones are written', async () => {
  const db = await openDatabase({ file });
  const archive = await SqliteArchive.open(db, { clock: new FakeClock(), maxWaitingBytes: 1e9, interval: 0 });
  await db.raw('PRAGMA max_page_count = 30');
  const refused = [entry(archive), entry(archive, 'x'.repeat(500_000))];
  for (const { status } of await Promise.allSettled(refused.map((e) => archive.append(e)))) {
    expect(status).toBe('rejected');
  }
  const kept = entry(archive);
  await archive.append(kept);
  expect(await archive.query({ archive: lobby, max: 9 })).toMatchObject({ entries: [kept] });
  await archive.close();
  await db.destroy();
});

test('a storage tells that it cannot be written', async () => {
  const storage = await open({ busyTimeout: 20 });
  await storage.check();
  const other = await openDatabase({ file });
  await other.raw('BEGIN IMMEDIATE');
  await expect(storage.check()).rejects.toThrow('locked');
  await other.raw('ROLLBACK');
  await other.destroy();
  await storage.check();
  await storage.close();
});

test('a file that is no database is left alone and named', async () => {
  await writeFile(file, 'this is not a database, and long enough to look like one'.repeat(20));
  expect(await refusal()).toEqual({
    problem: 'corrupt',
    message: `database ${file}: it is not a database; move it away to begin anew`,
  });
});

test('a database that another process writes is named as locked', async () => {
  const other = await openDatabase({ file });
  await other.raw('BEGIN IMMEDIATE');
  expect(await refusal()).toEqual({
    problem: 'locked',
    message: `database ${file}: another process has locked it`,
  });
  await other.raw('ROLLBACK');
  await other.destroy();
});

test('a database of a newer version is refused', async () => {
  const db = await openDatabase({ file });
  await db.raw('PRAGMA user_version = 999');
  await db.destroy();
  expect(await refusal()).toMatchObject({
    problem: 'future',
    message: expect.stringContaining('newer version'),
  });
});

test('a folder that is not there is one line', async () => {
  file = path.join(folder, 'missing', 'meerkat.sqlite');
  expect(await refusal()).toEqual({
    problem: 'unusable',
    message: `database ${file}: its folder does not exist`,
  });
});

test('rights that are too wide are narrowed', async () => {
  await (await open()).close();
  await chmod(file, 0o644);
  await (await open()).close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a step of the schema that fails leaves none of it behind', async () => {
  const db = await openDatabase({ file });
  const broken = {
    name: 'broken',
    async up(trx: typeof db) {
      await trx.raw('CREATE TABLE half (a)');
      await trx.raw('CREATE TABLE half (a)');
    },
  };
  await expect(migrate(db, [...MIGRATIONS, broken])).rejects.toThrow();
  expect(await db.schema.hasTable('half')).toBe(false);
  expect((await db.raw('PRAGMA user_version'))[0]).toEqual({ user_version: MIGRATIONS.length });
  await db.destroy();
});
