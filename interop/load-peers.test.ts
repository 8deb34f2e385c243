import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftOut, PEERS } from './support/peer-server.js';

const main = path.resolve(import.meta.dirname, '../packages/server/dist/main.js');
const SERVERS = [...PEERS.filter((name) => !leftOut(name)), 'meerkat'];
const USERS = 20;
const MESSAGES = 30;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-peers-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly trials: readonly {
    readonly server: string;
    readonly outcome: { readonly done: boolean; readonly figures?: unknown };
  }[];
}

test(`the same small load on ${SERVERS.join(', ')}`, { timeout: 120_000 }, async () => {
  const json = path.join(folder, 'peers.json');
  const work = ['--users', `${USERS}`, '--rate', '10', '--seconds', '3', '--rounds', '1'];
  const args = ['load', 'peers', '--servers', SERVERS.join(','), '--require', '--json', json, ...work];
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { timeout: 100_000 });
  const { trials } = JSON.parse(await readFile(json, 'utf8')) as Result;
  expect(trials.map(({ outcome, server }) => [server, outcome])).toEqual(
    SERVERS.map((server) => [
      server,
      {
        done: true,
        figures: expect.objectContaining({
          expected: USERS * MESSAGES,
          delivered: USERS * MESSAGES,
          lost: 0,
          doubled: 0,
          outOfOrder: 0,
          failures: 0,
        }),
      },
    ]),
  );
  for (const server of SERVERS) expect(stdout).toMatch(new RegExp(`^${server} \\d`, 'm'));
  if (SERVERS.length > 1) expect(stdout).toMatch(/^meerkat to \w+ +[\d.]+x /m);
});
