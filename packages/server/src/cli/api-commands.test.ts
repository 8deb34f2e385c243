import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Element } from '@meerkat-chat/xmpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_SOCKET, openCommandApi } from '../http/api/command-api.js';
import { EmbedConfigs } from '../http/embed-config.js';
import { silentLogger } from '../kernel/logger.js';
import { createRoomScene, heard, type RoomScene } from '../testing/room-scene.js';
import { runCommand } from '../testing/run-command.js';
import { createTestAccounts } from '../testing/test-accounts.js';

let data = '';
let scene: RoomScene;
let sent: Element[];
let close: () => Promise<void>;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'meerkat-api-'));
  scene = await createRoomScene();
  sent = [];
  const { clock, domain, env, registry, router, storage } = scene.kernel;
  const rooms = registry.hooks.first('rooms:administration', {});
  if (!rooms || rooms instanceof Promise) throw new TypeError('nobody keeps rooms');
  const context = {
    domain,
    rooms,
    embeds: new EmbedConfigs(Buffer.from('a key of thirty-two bytes, or so.'), domain, clock),
    accounts: await createTestAccounts({ storage, env, rooms }),
    sessions: router.sessions,
    archive: storage.archive,
    audit: storage.audit,
    now: () => clock.now(),
    newId: () => 'id',
    send: (stanza: Element) => void sent.push(stanza),
  };
  close = await openCommandApi(data, { context, log: silentLogger, version: '1' });
});
afterEach(async () => {
  await close();
  await rm(data, { recursive: true, force: true });
});

const meerkat = (...args: string[]) => runCommand(data, ...args);

const done = { code: 0, stdout: 'done\n', stderr: '' };
const lines = (text: string) => text.trimEnd().split('\n');

describe('rooms', () => {
  test('are made, listed, shown and removed', async () => {
    expect(await meerkat('room', 'create', 'hall', '--name', 'The hall', '--is-public', 'no')).toEqual({
      code: 0,
      stdout: 'jid: hall@rooms.localhost\n',
      stderr: '',
    });
    expect(lines((await meerkat('room', 'list')).stdout)).toEqual([
      'JID                   NAME      IS PUBLIC',
      'hall@rooms.localhost  The hall  no',
    ]);
    const shown = await meerkat('room', 'show', 'hall');
    expect(shown.stdout).toMatch(/^jid: hall@rooms\.localhost\nname: The hall\n/);
    expect(await meerkat('room', 'delete', 'hall', '--reason', 'closed')).toEqual(done);
    expect((await meerkat('room', 'list')).stdout).toBe('');
  });

  test('people in them are listed, spoken to, kicked, banned and given affiliations', async () => {
    await scene.enter('owner');
    const joe = await scene.enter('joe');
    const occupants = await meerkat('room', 'occupants', 'lobby');
    expect(occupants.stdout).toMatch(/^joe +joe@localhost +participant +none$/m);
    expect(await meerkat('room', 'say', 'lobby', 'We close at six', '--as', 'Desk')).toEqual(done);
    expect(heard(joe)).toEqual(['Desk: We close at six']);
    expect(await meerkat('room', 'kick', 'lobby', 'joe')).toEqual(done);
    expect(heard(joe)).toEqual(['-joe 110 307']);
    expect(await meerkat('room', 'affiliation', 'set', 'lobby', 'mira', 'member')).toEqual(done);
    expect(await meerkat('room', 'ban', 'lobby', 'joe')).toEqual(done);
    const affiliations = await meerkat('room', 'affiliation', 'list', 'lobby');
    expect(lines(affiliations.stdout).slice(1).sort()).toEqual([
      'joe@localhost    outcast',
      'mira@localhost   member',
      'owner@localhost  owner',
    ]);
  });

  test('a name that is nearly right is told', async () => {
    await scene.enter('owner');
    expect(await meerkat('room', 'show', 'loby')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'meerkat: There is no such room. Did you mean lobby?\n',
    });
    const { stderr } = await meerkat('room', 'kick', 'kitchen', 'joe');
    expect(stderr).toBe('meerkat: There is no such room.\n');
    const exported = await meerkat('archive', 'export', 'lobbi');
    expect([exported.code, exported.stderr]).toEqual([1, expect.stringContaining('Did you mean lobby?')]);
  });
});

test('people are told something, their sessions seen and ended', async () => {
  const mira = await scene.enter('mira');
  expect(await meerkat('message', 'send', 'mira', 'Your order is here')).toEqual(done);
  expect(sent.map(({ attrs }) => attrs.to)).toEqual(['mira@localhost']);
  expect((await meerkat('session', 'list', 'mira')).stdout).toContain('mira@localhost/page');
  expect((await meerkat('session', 'end', 'mira')).stdout).toBe('ended: 1\n');
  expect(mira.ended).toMatchObject({ why: 'kicked' });
});

test('whatever is changed is in the audit log, looking is not', async () => {
  await meerkat('room', 'create', 'hall');
  await meerkat('room', 'list');
  await meerkat('room', 'kick', 'hall', 'joe');
  const { stdout } = await meerkat('audit', 'list', '--json');
  const { entries } = JSON.parse(stdout);
  expect(entries.map(({ action, actor, target }: Record<string, string>) => [actor, action, target])).toEqual(
    [
      ['command line', 'rooms.kick', 'hall'],
      ['command line', 'rooms.create', 'hall'],
    ],
  );
});

describe('archives', () => {
  test('are written out line by line, or as a table', async () => {
    const mira = await scene.enter('mira');
    await scene.says(mira, 'hello');
    await scene.says(mira, '=1+1, "so"');
    scene.kernel.clock.advance(1000);
    const { code, stderr, stdout } = await meerkat('archive', 'export', 'lobby');
    expect([code, stderr]).toEqual([0, 'exported: 2 messages\n']);
    expect(lines(stdout).map((line) => JSON.parse(line))).toMatchObject([
      { sender: 'mira', text: 'hello' },
      { sender: 'mira', text: '=1+1, "so"' },
    ]);
    const file = path.join(data, 'lobby.csv');
    await meerkat('archive', 'export', 'lobby', '--format', 'csv', '--out', file);
    const rows = (await readFile(file, 'utf8')).split('\r\n');
    expect(rows.map((row) => row.replace(/^"[\dT:.-]+Z",/, ''))).toEqual([
      'at,sender,text',
      '"mira","hello"',
      '"mira","\'=1+1, ""so"""',
      '',
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await meerkat('archive', 'export', 'lobby', '--out', file)).code).toBe(1);
  });

  test('from a time and to a time, however long', async () => {
    const mira = await scene.enter('mira');
    const begun = scene.kernel.clock.now();
    for (let n = 0; n < 450; n++) {
      await scene.says(mira, `line ${n}`);
      mira.takes();
      scene.kernel.clock.advance(1000);
    }
    const at = (second: number) => new Date(begun + second * 1000).toISOString();
    const texts = async (...args: string[]) =>
      lines((await meerkat('archive', 'export', 'lobby', ...args)).stdout).map(
        (line) => JSON.parse(line).text,
      );
    expect(await texts()).toEqual(Array.from({ length: 450 }, (_, n) => `line ${n}`));
    expect(await texts('--from', at(10), '--to', at(12))).toEqual(['line 10', 'line 11']);
  });

  test('of nobody, of both, of no room or of no time are refused', async () => {
    expect((await meerkat('archive', 'export')).code).toBe(2);
    expect((await meerkat('archive', 'export', 'lobby', '--user', 'mira')).code).toBe(2);
    expect((await meerkat('archive', 'export', 'lobby')).code).toBe(1);
    await scene.enter('mira');
    const { code, stderr } = await meerkat('archive', 'export', 'lobby', '--from', 'noon');
    expect([code, stderr]).toEqual([2, expect.stringContaining('query.from')]);
  });
});

test('what is asked wrongly is told, with an exit code of its own', async () => {
  expect((await meerkat('room', 'affiliation', 'set', 'lobby', 'mira', 'king')).code).toBe(2);
  expect((await meerkat('room', 'show', 'a b@c')).code).toBe(2);
  expect((await meerkat('room', 'create', 'hall', '--is-public', 'maybe')).code).toBe(2);
  expect((await meerkat('room', 'say', 'lobby', 'hello')).code).toBe(2);
  expect((await meerkat('rom', 'list')).stderr).toContain('Did you mean room?');
});

test('the socket is its owner’s alone, and without a server nothing is done', async () => {
  expect((await stat(path.join(data, API_SOCKET))).mode & 0o777).toBe(0o600);
  await close();
  const { code, stderr } = await meerkat('room', 'list');
  expect([code, stderr]).toEqual([1, expect.stringContaining('no server runs on the data folder')]);
});
