import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from './database.js';
import { Prepared } from './prepared.js';

let db: Knex;
beforeEach(async () => {
  db = await openDatabase({ file: ':memory:' });
  await db.raw('CREATE TABLE kept (name TEXT PRIMARY KEY, size INTEGER)');
});
afterEach(() => db.destroy());

test('it runs again and again, with other values', async () => {
  const keep = new Prepared(db, 'INSERT INTO kept VALUES (?, ?)');
  await keep.run('a', 1);
  await keep.run('é🦦', 2 ** 40);
  expect(await db('kept')).toEqual([
    { name: 'a', size: 1 },
    { name: 'é🦦', size: 2 ** 40 },
  ]);
  await keep.close();
});

test('one that fails changes nothing, and the next one runs', async () => {
  const keep = new Prepared(db, 'INSERT INTO kept SELECT value, 0 FROM json_each(?)');
  await keep.run('["a"]');
  await expect(keep.run('["b", "a"]')).rejects.toThrow('UNIQUE');
  await keep.run('["c"]');
  expect(await db('kept').pluck('name')).toEqual(['a', 'c']);
  await keep.close();
});

test('a statement that cannot be prepared says so each time', async () => {
  const broken = new Prepared(db, 'INSERT INTO nowhere VALUES (?)');
  await expect(broken.run('a')).rejects.toThrow('nowhere');
  await expect(broken.run('a')).rejects.toThrow('nowhere');
});

test('it is no part of a transaction that is open meanwhile', async () => {
  const keep = new Prepared(db, 'INSERT INTO kept VALUES (?, 0)');
  let kept: Promise<void> | undefined;
  const undone = db.transaction(async (trx) => {
    await trx('kept').insert({ name: 'undone', size: 0 });
    kept = keep.run('kept');
    await trx('kept').insert({ name: 'undone too', size: 0 });
    throw new Error('undo it');
  });
  await expect(undone).rejects.toThrow('undo it');
  await kept;
  expect(await db('kept').pluck('name')).toEqual(['kept']);
  await keep.close();
});
