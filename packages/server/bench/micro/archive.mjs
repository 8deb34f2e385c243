// The archive: groups of messages that become durable together.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseBareJid, serialize } from '@meerkat-chat/xmpp';
import sqlite3 from 'sqlite3';
import { createRuntimeEnv } from '../../dist/runtime.js';
import { openSqliteStorage } from '../../dist/storage/sqlite.js';
import { ROOM } from './crowd.mjs';
import { STAMPED } from './samples.mjs';

const GROUP = 100;

/** Rows into a table of the same shape, a transaction for each group, without any layer between. */
async function bareTable(file, entry) {
  const db = new sqlite3.Database(file);
  const run = promisify(db.run.bind(db));
  await run('PRAGMA journal_mode = WAL');
  await run('PRAGMA synchronous = FULL');
  await run(
    'CREATE TABLE archive (archive TEXT, id TEXT, at INTEGER, sender TEXT, xml TEXT, PRIMARY KEY (archive, id)) WITHOUT ROWID',
  );
  const statement = db.prepare('INSERT INTO archive VALUES (?, ?, ?, ?, ?)');
  const insert = promisify(statement.run.bind(statement));
  let last = 0;
  return {
    async group() {
      await run('BEGIN');
      const rows = Array.from({ length: GROUP }, () => {
        const id = String(last++).padStart(16, '0');
        return insert(entry.archive, id, entry.at, entry.sender, entry.xml);
      });
      await Promise.all(rows);
      await run('COMMIT');
    },
    async close() {
      await promisify(statement.finalize.bind(statement))();
      await promisify(db.close.bind(db))();
    },
  };
}

export async function* archiveCases() {
  const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-bench-'));
  try {
    const storage = await openSqliteStorage({
      file: path.join(folder, 'ours.db'),
      clock: createRuntimeEnv().clock,
      commitInterval: 0,
    });
    const entry = {
      archive: parseBareJid(ROOM),
      at: Date.now(),
      sender: `${ROOM}/juliet`,
      xml: serialize(STAMPED),
    };
    const bare = await bareTable(path.join(folder, 'bare.db'), entry);
    yield {
      name: `archive a message, ${GROUP} at once`,
      reference: 'bare rows in one transaction',
      operations: GROUP,
      async ours() {
        const { archive } = storage;
        await Promise.all(
          Array.from({ length: GROUP }, () => archive.append({ ...entry, id: archive.nextId(entry.at) })),
        );
      },
      bare: () => bare.group(),
    };
    await bare.close();
    await storage.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
