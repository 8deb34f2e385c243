import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStorage } from '../sqlite.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-used-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const clock = new FakeClock();
const now = clock.now();
const open = () => openSqliteStorage({ file: path.join(folder, 'x.sqlite'), clock, commitInterval: 0 });

test('what was used is known after a restart', async () => {
  const before = await open();
  expect(await before.usedTokens.use('a', now + 1000, now)).toBe(true);
  await before.close();
  const after = await open();
  expect(await after.usedTokens.use('a', now + 1000, now)).toBe(false);
  await after.close();
});

test('of two processes over one file, one takes a token', async () => {
  const nodes = [await open(), await open()];
  const ids = Array.from({ length: 20 }, (_, n) => `id-${n}`);
  const [one = [], other = []] = await Promise.all(
    nodes.map(({ usedTokens }) => Promise.all(ids.map((id) => usedTokens.use(id, now + 1000, now)))),
  );
  expect(ids.map((_, at) => [one[at], other[at]].filter(Boolean).length)).toEqual(ids.map(() => 1));
  for (const node of nodes) await node.close();
});

test('while many sign in, a commit waits for company: 20 ms from the one before, and not for ever', async () => {
  const storage = await openSqliteStorage({ file: path.join(folder, 'x.sqlite'), clock });
  const { usedTokens } = storage;
  expect(await usedTokens.use('a', now + 1000, now)).toBe(true);
  let noted = 0;
  const uses = ['b', 'c'].map((id) =>
    usedTokens.use(id, now + 1000, now).then((first) => {
      noted++;
      return first;
    }),
  );
  clock.advance(19);
  // Whatever was to be written by now has been.
  await storage.check();
  expect(noted).toBe(0);
  clock.advance(1);
  expect(await Promise.all(uses)).toEqual([true, true]);
  const last = usedTokens.use('d', now + 1000, now);
  await storage.close();
  expect(await last).toBe(true);
});
