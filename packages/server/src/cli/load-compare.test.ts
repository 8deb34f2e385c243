import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliIo, UsageError } from './io.js';
import { compareReports } from './load-compare.js';

let folder: string;
const printed: string[] = [];
const io: CliIo = {
  env: {},
  stdin: process.stdin,
  stdout: { write: (text) => printed.push(text) },
  stderr: { write: () => {} },
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-compare-'));
  await writeFile(path.join(folder, 'broken.json'), '{');
  await writeFile(path.join(folder, 'other.json'), '{"version":1}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [['a.json'], 'two reports'],
  [['a.json', 'b.json', 'c.json'], 'two reports'],
  [['absent.json', 'other.json'], 'cannot be read'],
  [['broken.json', 'other.json'], 'cannot be read'],
  [['other.json', 'other.json'], 'is no report'],
])('%j are not compared: %s', async (names, why) => {
  const compared = compareReports(
    names.map((name) => path.join(folder, name)),
    io,
  );
  await expect(compared).rejects.toThrow(why);
  await expect(compared).rejects.toBeInstanceOf(UsageError);
  expect(printed).toEqual([]);
});
