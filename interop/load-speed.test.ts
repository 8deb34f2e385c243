import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leftOut, PEERS } from './support/peer-server.js';

const main = path.resolve(import.meta.dirname, '../packages/server/dist/main.js');
const ABSENT = PEERS.filter((name) => leftOut(name));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-speed-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly absent: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly turns: readonly {
      readonly variant: string;
      readonly outcome: {
        readonly kind: string;
        readonly figures?: { readonly wrong: number; readonly expected: number };
      };
    }[];
  }[];
}

/** Rows in which no messages are sent. */
const SILENT = ['idle', 'join-all-1000', 'join-all-3000', 'join-burst', 'arrivals', 'sign-in'];

test('every promise of speed can be measured, and its tables written', { timeout: 300_000 }, async () => {
  const [json, docs] = [path.join(folder, 'speed.json'), path.join(folder, 'performance.md')];
  const blocks = ['npm run proof -- speed', 'npm run proof -- speed: sizing'];
  const lines = blocks.map((block) => `<!-- generated: ${block} -->\n<!-- end of generated: ${block} -->\n`);
  await writeFile(docs, lines.join('\n'));
  const args = ['load', 'speed', '--quick', '--json', json, '--docs', docs];
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { timeout: 280_000 });
  const { absent, rows } = JSON.parse(await readFile(json, 'utf8')) as Result;
  expect(absent).toEqual(ABSENT);
  expect(rows.length).toBeGreaterThan(10);
  const markdown = await readFile(docs, 'utf8');
  expect(markdown).toMatch(/\| one room of 3,000 \| \S+ messages\/s \|/);
  for (const { name, turns } of rows) {
    expect(stdout).toContain(`${name}: `);
    expect(markdown).toContain(`(\`${name}\`)`);
    for (const { outcome, variant } of turns) {
      if (ABSENT.some((peer) => peer === variant)) continue;
      expect([name, variant, outcome]).toEqual([
        name,
        variant,
        { kind: 'done', figures: expect.objectContaining({ wrong: 0 }) },
      ]);
      expect([name, (outcome.figures?.expected ?? 0) > 0]).toEqual([name, !SILENT.includes(name)]);
    }
  }
});

test('Ctrl-C ends it at once, and nothing that it has started stays', { timeout: 60_000 }, async () => {
  const temporary = path.join(folder, 'temporary');
  await mkdir(temporary);
  const child = spawn(process.execPath, [main, 'load', 'speed', '--quick', '--only', 'one-room-3000'], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  for await (const chunk of child.stderr) if (String(chunk).includes('messages')) break;
  expect(await readdir(temporary)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(await readdir(temporary)).toEqual([]);
});
