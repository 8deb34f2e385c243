import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bareJid, el, NS, parseDomainJid, presenceEl } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteStorage } from '../storage/sqlite.js';
import { NodeProcesses } from '../testing/node-processes.js';
import type { ProcessClient } from '../testing/process-client.js';
import { at } from '../testing/room-scene.js';

// The proof that a room reaches over processes: a and b are processes of their own, the rooms live on a. The bus
// passes through this process, which counts what crosses, and kills a node as an operating system would.

// Processes take their time on a busy machine; nothing here waits for a time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PACKAGE = path.resolve(import.meta.dirname, '../..');
const ON_A = ['anna', 'anton', 'alma'];
const ON_B = ['ben', 'bea', 'bodo'];

let script = '';
let folder = '';
let nodes: NodeProcesses;
let a: ProcessClient[];
let b: ProcessClient[];
const everybody = () => [...a, ...b];

beforeAll(async () => {
  // Node runs no TypeScript, so what is here is bundled; within the package, where its libraries are found.
  const modules = path.join(PACKAGE, 'node_modules');
  mkdirSync(modules, { recursive: true });
  const outDir = mkdtempSync(path.join(modules, '.two-processes-'));
  script = path.join(outDir, 'node-process.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    root: PACKAGE,
    ssr: { noExternal: [/^@meerkat-chat\//], resolve: { conditions: ['source', 'node', 'import'] } },
    build: {
      ssr: path.join(PACKAGE, 'src/testing/node-process.ts'),
      outDir,
      rolldownOptions: { output: { entryFileNames: 'node-process.mjs' } },
    },
  });
});
afterAll(() => rmSync(path.dirname(script), { recursive: true, force: true }));

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'meerkat-nodes-'));
  nodes = new NodeProcesses(script);
  await nodes.start('a', 'a', path.join(folder, 'a.db'), ON_A);
  await nodes.start('b', 'a', path.join(folder, 'b.db'), ON_B);
  a = [];
  b = [];
  for (const name of ON_A) a.push(await entered('a', name));
  for (const name of ON_B) b.push(await entered('b', name));
  for (const client of everybody()) if (client.name !== 'bodo') await client.hears('+bodo');
  for (const client of b) await client.until(() => client.acknowledged === client.sent);
});
afterEach(async () => {
  await nodes.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function entered(node: string, name: string): Promise<ProcessClient> {
  const client = await nodes.client(node, name);
  await client.join();
  return client;
}

/** The messages to all that somebody has heard, in order. */
const messages = (client: ProcessClient) => client.heard.filter((line) => /^\w+: /.test(line));

test('everybody hears everything once and in the same order, and each message crosses once', async () => {
  for (const client of everybody()) client.heard.length = 0;
  const before = nodes.crossings.length;
  for (let n = 0; n < 20; n++) for (const client of everybody()) client.says(`${n}`);
  for (const client of everybody()) await client.until(() => messages(client).length === 120);
  const [first, ...others] = everybody().map(messages);
  for (const other of others) expect(other).toEqual(first);
  for (const { name } of everybody()) {
    const own = first?.filter((line) => line.startsWith(`${name}: `));
    expect(own).toEqual(Array.from({ length: 20 }, (_, n) => `${name}: ${n}`));
  }
  for (const client of b) await client.until(() => client.acknowledged === client.sent);
  // 120 for three occupants over there; and 60 that came from there, each acknowledged.
  expect(
    nodes.crossings
      .slice(before)
      .map(({ from, message }) => `${message.type} of ${from}`)
      .sort(),
  ).toEqual(
    [
      ...Array.from({ length: 120 }, () => 'group of a'),
      ...Array.from({ length: 60 }, () => ['settled of a', 'stanza of b']).flat(),
    ].sort(),
  );
});

test('whoever joins is shown everybody; a presence reaches all over there by one crossing, and leaving is told once', async () => {
  const [anna, , alma] = a as [ProcessClient, ProcessClient, ProcessClient];
  const [ben, bea, bodo] = b as [ProcessClient, ProcessClient, ProcessClient];
  expect(bodo.heard).toEqual(['+anna', '+anton', '+alma', '+ben', '+bea', '+bodo 110', 'subject ""']);
  expect(alma.heard).toEqual(['+anna', '+anton', '+alma 110', 'subject ""', '+ben', '+bea', '+bodo']);
  for (const client of everybody()) client.heard.length = 0;
  nodes.crossings.length = 0;
  anna.stanza(presenceEl({ to: at('anna') }, el('show', NS.client, {}, 'away')));
  for (const client of b) await client.hears('+anna');
  expect(nodes.crossings.map(({ message }) => message)).toMatchObject([
    { type: 'some', sessions: [1, 2, 3] },
  ]);
  ben.stanza(presenceEl({ to: at('ben'), type: 'unavailable' }));
  await ben.hears('-ben 110');
  for (const client of [...a, bea, bodo]) await client.hears('-ben');
  anna.says('without ben');
  for (const client of [...a, bea, bodo]) await client.hears('anna: without ben');
  expect([anna.heard, bea.heard, bodo.heard]).toEqual([
    ['+anna 110', '-ben', 'anna: without ben'],
    ['+anna', '-ben', 'anna: without ben'],
    ['+anna', '-ben', 'anna: without ben'],
  ]);
  expect(ben.heard).toEqual(['+anna', '-ben 110']);
});

test('a session that is resumed while messages flow misses none and gets none twice, and nobody saw it go', async () => {
  const [anna] = a as [ProcessClient];
  const [ben, bea] = b as [ProcessClient, ProcessClient];
  for (const client of everybody()) client.heard.length = 0;
  const say = (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      anna.says(`a${n}`);
      bea.says(`b${n}`);
    }
  };
  say(0, 10);
  ben.says('on my way');
  ben.cut();
  say(10, 20);
  await ben.until(() => ben.closed);
  await bea.until(() => messages(bea).length >= 30);
  say(20, 30);
  await ben.signIn();
  expect(ben.resumed).toBe(true);
  say(30, 40);
  await bea.hears('bea: b39');
  await bea.hears('anna: a39');
  await ben.until(() => messages(ben).length >= messages(bea).length);
  await anna.until(() => messages(anna).length >= messages(bea).length);
  expect(messages(ben)).toEqual(messages(bea));
  expect(messages(anna)).toEqual(messages(bea));
  expect(new Set(messages(bea)).size).toBe(messages(bea).length);
  expect(anna.heard.filter((line) => line.includes('+ben') || line.includes('-ben'))).toEqual([]);
});

test('when the node of some occupants is killed, they leave the room, and the others talk on', async () => {
  const [anna, anton, alma] = a as [ProcessClient, ProcessClient, ProcessClient];
  for (const client of a) client.heard.length = 0;
  await nodes.kill('b');
  anna.says('still here');
  for (const client of a) await client.hears('anna: still here');
  expect([anna.heard, anton.heard, alma.heard]).toEqual(
    a.map(() => ['-ben', '-bea', '-bodo', 'anna: still here']),
  );
  expect(await nodes.stats('a')).toMatchObject({
    'cluster.remoteSessions': 0,
    'cluster.underWay': 0,
    'modules.muc.sessions': 3,
  });
});

test('what the killed node of a room had not said to be safe is never acknowledged', async () => {
  const [ben, bea] = b as [ProcessClient, ProcessClient];
  ben.says('safe');
  await ben.until(() => ben.acknowledged === ben.sent);
  nodes.hold('a');
  ben.says('on disk, but nobody here knows');
  await nodes.crosses(({ message }) => message.type === 'settled' && message.task === lastTask());
  await nodes.kill('a');
  await ben.until(() => ben.closed);
  expect(ben.acknowledged).toBe(ben.sent - 1);
  // Whoever waits for nothing goes on, and is told that the room cannot be reached.
  bea.says('anybody?');
  await bea.hears('!remote-server-timeout');
  expect(bea.closed).toBe(false);
});

test('when the node of a room comes back, its occupants elsewhere are not in it, join again, and go on', async () => {
  const [ben, bea] = b as [ProcessClient, ProcessClient];
  ben.says('before');
  await ben.hears('ben: before');
  await ben.until(() => ben.acknowledged === ben.sent);
  await nodes.kill('a');
  await nodes.start('a', 'a', path.join(folder, 'a.db'), []);
  ben.says('am I in?');
  await ben.hears('!not-acceptable');
  for (const client of [ben, bea]) {
    client.heard.length = 0;
    await client.join();
  }
  ben.says('after');
  await bea.hears('ben: after');
  expect(bea.heard).toEqual(['+ben', '+bea 110', 'past ben: before', 'subject ""', 'ben: after']);
});

test('what was acknowledged is on disk, whenever the node of the room is killed', async () => {
  for (let n = 0; n < 200; n++) for (const client of b) client.says(`${client.name} ${n}`);
  const [ben] = b as [ProcessClient];
  await ben.until(() => ben.acknowledged > 20);
  await nodes.kill('a');
  for (const client of b) await client.until(() => client.closed || client.acknowledged === client.sent);
  const kept = await archived();
  for (const { acknowledged, heard, name } of b) {
    // The first that it sent was its join, and what came too late was refused.
    const refused = heard.filter((line) => line === '!remote-server-timeout').length;
    const said = Array.from({ length: acknowledged - 1 - refused }, (_, n) => `${name} ${n}`);
    expect(kept.filter((body) => body.startsWith(name)).slice(0, said.length)).toEqual(said);
  }
});

const lastTask = () =>
  nodes.crossings.flatMap(({ message }) => (message.type === 'stanza' ? message.task : [])).at(-1);

/** The bodies that the room's archive has on disk, in order. */
async function archived(): Promise<string[]> {
  const rooms = parseDomainJid('rooms.localhost');
  const archive = rooms && bareJid('lobby', rooms);
  if (archive === undefined) throw new TypeError('no room');
  const storage = await openSqliteStorage({ file: path.join(folder, 'a.db'), clock: new FakeClock() });
  const page = await storage.archive.query({ archive, max: 10_000 });
  await storage.close();
  return page.found ? page.entries.map(({ xml }) => /<body>([^<]*)/.exec(xml)?.[1] ?? '') : [];
}
