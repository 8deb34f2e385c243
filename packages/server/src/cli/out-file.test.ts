import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOut } from './out-file.js';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-out-'));
  file = path.join(folder, 'hall.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* text(problem?: Error): AsyncGenerator<string> {
  yield 'one\n';
  // Nothing has the name before all of it is there.
  expect(await readdir(folder)).not.toContain('hall.jsonl');
  if (problem) throw problem;
  yield 'two\n';
}

test('the file is there when it is whole, its owner’s alone', async () => {
  await writeOut(file, text());
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['hall.jsonl']);
});

test('what breaks off leaves nothing behind', async () => {
  await expect(writeOut(file, text(new Error('cut')))).rejects.toThrow('cut');
  expect(await readdir(folder)).toEqual([]);
});

test.each(['a file', 'a link to nowhere'])('%s that is there stays as it is', async (what) => {
  if (what === 'a file') await writeFile(file, 'mine');
  else await symlink('nowhere', file);
  await expect(writeOut(file, text())).rejects.toThrow('is there already');
  expect(await readdir(folder)).toEqual(['hall.jsonl']);
});

test('what appears meanwhile stays as it is, too', async () => {
  async function* slow(): AsyncGenerator<string> {
    yield 'one\n';
    await writeFile(file, 'mine');
  }
  await expect(writeOut(file, slow())).rejects.toThrow('is there already');
  expect(await readFile(file, 'utf8')).toBe('mine');
});
