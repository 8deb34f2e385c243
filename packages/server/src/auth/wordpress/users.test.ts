import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wordpressSettings } from './settings.js';
import { openWordpressUsers, type WordpressUsers } from './users.js';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-wordpress-'));
  file = path.join(folder, '.ht.sqlite');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(settings: { readonly prefix: string; readonly networkSite?: number }): WordpressUsers {
  return openWordpressUsers(`sqlite:${file}`, wordpressSettings.parse(settings));
}

/** A database as WordPress on SQLite has it. */
async function makeDatabase(): Promise<void> {
  const db = knex({ client: 'sqlite3', useNullAsDefault: true, connection: { filename: file } });
  await db.raw(
    'CREATE TABLE b_users (ID INTEGER, user_login TEXT COLLATE NOCASE, user_pass TEXT, display_name TEXT)',
  );
  await db.raw('CREATE TABLE b_usermeta (user_id INTEGER, meta_key TEXT, meta_value TEXT)');
  await db.raw('CREATE TABLE b_options (option_name TEXT, option_value TEXT)');
  await db('b_users').insert([
    { ID: 1, user_login: 'mira', user_pass: 'p1', display_name: 'Mira' },
    { ID: 2, user_login: 'Mira', user_pass: 'p2', display_name: '' },
    { ID: 3, user_login: 'joe', user_pass: 'p3', display_name: 'Joe' },
  ]);
  await db('b_usermeta').insert([
    { user_id: 1, meta_key: 'session_tokens', meta_value: 'a:0:{}' },
    { user_id: 1, meta_key: 'b_capabilities', meta_value: 'a:2:{s:6:"editor";b:1;s:6:"author";b:0;}' },
    { user_id: 3, meta_key: 'b_capabilities', meta_value: 'broken' },
    {
      user_id: 3,
      meta_key: '_application_passwords',
      meta_value: 'a:1:{i:0;a:1:{s:8:"password";s:2:"$x";}}',
    },
  ]);
  await db('b_options').insert({ option_name: 'logged_in_key', option_value: 'key' });
  await db.destroy();
}

test('users are read with what belongs to them', async () => {
  await makeDatabase();
  const users = open({ prefix: 'b_' });
  expect(await users.find('mira')).toEqual({
    id: 1,
    login: 'mira',
    pass: 'p1',
    displayName: 'Mira',
    sessionTokens: Buffer.from('a:0:{}'),
    applicationPasswords: [],
    roles: ['editor'],
  });
  // Of those that the database takes for the same, the one that was asked for.
  expect(await users.find('Mira')).toMatchObject({ id: 2, sessionTokens: undefined, roles: [] });
  expect(await users.find('joe')).toMatchObject({ roles: [], applicationPasswords: ['$x'] });
  expect(await users.find('nobody')).toBeUndefined();
  expect(await users.keptSecret()).toEqual({ key: 'key', salt: undefined });
  await users.close();
});

test('a database that is not there is not made', async () => {
  const users = open({ prefix: 'wp_' });
  await expect(users.find('mira')).rejects.toThrow();
  await users.close();
});

test('in a network those of the site are found, with their roles there', async () => {
  const db = knex({ client: 'sqlite3', useNullAsDefault: true, connection: { filename: file } });
  await db.raw(
    'CREATE TABLE n_users (ID INTEGER, user_login TEXT, user_pass TEXT, display_name TEXT, spam INTEGER, deleted INTEGER)',
  );
  await db.raw('CREATE TABLE n_usermeta (user_id INTEGER, meta_key TEXT, meta_value TEXT)');
  await db.raw('CREATE TABLE n_sitemeta (site_id INTEGER, meta_key TEXT, meta_value TEXT)');
  const flags = { user_pass: 'p', display_name: '', spam: 0, deleted: 0 };
  const roles = (user_id: number, site: string, role: string) => ({
    user_id,
    meta_key: `n_${site}capabilities`,
    meta_value: `a:1:{s:${role.length}:"${role}";b:1;}`,
  });
  await db('n_users').insert([
    { ...flags, ID: 1, user_login: 'first' },
    { ...flags, ID: 2, user_login: 'second' },
    { ...flags, ID: 3, user_login: 'spammer', spam: 1 },
    { ...flags, ID: 4, user_login: 'gone', deleted: 1 },
  ]);
  await db('n_usermeta').insert([
    roles(1, '', 'administrator'),
    ...[2, 3, 4].map((id) => roles(id, '2_', 'editor')),
    roles(2, '22_', 'administrator'),
  ]);
  await db('n_sitemeta').insert({ site_id: 1, meta_key: 'logged_in_salt', meta_value: 'salt' });
  await db.destroy();

  const users = open({ prefix: 'n_', networkSite: 2 });
  expect(await users.find('second')).toMatchObject({ id: 2, roles: ['editor'] });
  const others = await Promise.all(['first', 'spammer', 'gone'].map((login) => users.find(login)));
  expect(others).toEqual([undefined, undefined, undefined]);
  expect(await users.keptSecret()).toEqual({ key: undefined, salt: 'salt' });
  await users.close();
  const main = open({ prefix: 'n_', networkSite: 1 });
  expect(await main.find('first')).toMatchObject({ roles: ['administrator'] });
  expect(await main.find('second')).toBeUndefined();
  await main.close();
});
