import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../database.js';

let db: Awaited<ReturnType<typeof openDatabase>>;
beforeEach(async () => {
  db = await openDatabase({ file: ':memory:' });
});
afterEach(() => db.destroy());

async function plan(sql: string): Promise<string> {
  const rows: { readonly detail: string }[] = await db.raw(`EXPLAIN QUERY PLAN ${sql}`);
  return rows.map(({ detail }) => detail).join('; ');
}

test('a page of an archive is one range, read in its order', async () => {
  const page = await plan("SELECT * FROM archive WHERE archive = 'a' AND id > 'b' ORDER BY id DESC LIMIT 9");
  expect(page).toContain('SEARCH archive USING PRIMARY KEY (archive=? AND id>?)');
  expect(page).not.toContain('TEMP B-TREE');
});

test('tokens are found by client and swept by expiry, without reading all of them', async () => {
  expect(await plan("SELECT * FROM tokens WHERE account = 'a' AND client_id = 'b'")).toContain(
    'tokens_by_client',
  );
  expect(await plan('SELECT position FROM tokens WHERE expires_at <= 1 LIMIT 9')).toContain(
    'tokens_by_expiry',
  );
});

test('statuses are noted by id and found by account, without reading all of them', async () => {
  const note = await plan(
    "UPDATE statuses SET status = 'away' FROM json_each('[]') AS c WHERE statuses.id = c.value ->> 'id'",
  );
  expect(note).toContain('SEARCH statuses USING PRIMARY KEY');
  expect(await plan("SELECT * FROM statuses WHERE account = 'a'")).toContain('SEARCH statuses');
});

test('the affiliations of a room go with it', async () => {
  await db('rooms').insert({ jid: 'r', config: '{}', subject: null, created_at: 0 });
  await db('affiliations').insert({ room: 'r', user: 'u', affiliation: 'owner' });
  await db('rooms').where({ jid: 'r' }).delete();
  expect(await db('affiliations')).toEqual([]);
});
