import { chmod, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deriveKey, loadServerKey, SERVER_KEY_FILE } from './server-key.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-key-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a key is made once, for its owner alone, and read from then on', async () => {
  const key = await loadServerKey(folder, new SeededRandom(1));
  expect(key).toHaveLength(32);
  expect((await stat(path.join(folder, SERVER_KEY_FILE))).mode & 0o777).toBe(0o600);
  await chmod(path.join(folder, SERVER_KEY_FILE), 0o644);
  expect(await loadServerKey(folder, new SeededRandom(2))).toEqual(key);
  expect((await stat(path.join(folder, SERVER_KEY_FILE))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([SERVER_KEY_FILE]);
});

test('two that start at once have one key', async () => {
  const [a, b] = await Promise.all([
    loadServerKey(folder, new SeededRandom(1)),
    loadServerKey(folder, new SeededRandom(2)),
  ]);
  expect(a).toEqual(b);
});

test('a file that is not a key is refused', async () => {
  await loadServerKey(folder, new SeededRandom(1));
  await truncate(path.join(folder, SERVER_KEY_FILE), 31);
  await expect(loadServerKey(folder, new SeededRandom(1))).rejects.toThrow(/not a key of 32 bytes/);
});

test('keys of two purposes differ', () => {
  const key = Buffer.alloc(32, 1);
  expect(deriveKey(key, 'a')).toHaveLength(32);
  expect(deriveKey(key, 'a')).not.toEqual(deriveKey(key, 'b'));
});
