import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Accounts } from '../accounts/open-accounts.js';
import { silentLogger } from '../kernel/logger.js';
import { createTestAccounts } from '../testing/test-accounts.js';
import { askServer } from './admin-client.js';
import { openAdminSocket } from './admin-socket.js';
import type { NoteAct } from './command-audit.js';
import { LineReader } from './line-reader.js';
import { ADMIN_SOCKET, MAX_LINE_BYTES } from './protocol.js';

let folder = '';
let file = '';
let close: () => Promise<void>;
let acts: string[] = [];
const note: NoteAct = async (action, target, details = {}) => {
  acts.push(`${action} ${target} ${JSON.stringify(details)}`.replace(' {}', ''));
};

beforeEach(async () => {
  acts = [];
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-admin-'));
  file = path.join(folder, ADMIN_SOCKET);
  close = await openAdminSocket(file, await admin(), silentLogger, note);
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

function admin(): Promise<Accounts> {
  return createTestAccounts({ shareStatus: async (_, share) => (share ? 'k7Qw' : undefined) });
}

/** Sends bytes and returns all that comes back until the end. */
function raw(bytes: string): Promise<string> {
  return new Promise((fulfil) => {
    let text = '';
    const socket = createConnection(file, () => socket.write(bytes));
    socket.on('data', (part) => {
      text += part.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => fulfil(text));
  });
}

test('accounts are managed through the socket, which is its owner’s alone', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const romeo = { ok: true, accounts: ['romeo@localhost'] };
  expect(await askServer(file, { command: 'user-add', name: 'romeo', password: 'x' })).toEqual(romeo);
  expect(await askServer(file, { command: 'user-add', name: 'romeo', password: 'x' })).toEqual({
    ok: false,
    message: 'romeo@localhost exists already',
  });
  expect(await askServer(file, { command: 'user-passwd', name: 'romeo', password: 'y' })).toEqual(romeo);
  expect(await askServer(file, { command: 'user-list' })).toEqual(romeo);
  const share = { command: 'user-share', name: 'romeo', share: true } as const;
  expect(await askServer(file, share)).toEqual({ ...romeo, statusId: 'k7Qw' });
  expect(await askServer(file, { ...share, share: false })).toEqual(romeo);
  const suspend = { command: 'user-suspend', name: 'romeo', suspended: true } as const;
  expect(await askServer(file, suspend)).toEqual(romeo);
  expect(await askServer(file, { ...suspend, name: 'NOBODY' })).toMatchObject({ ok: false });
  expect(await askServer(file, { command: 'user-del', name: 'romeo' })).toEqual(romeo);
  expect(await askServer(file, { command: 'user-list' })).toEqual({ ok: true, accounts: [] });
  // What was done and what was refused, and not what was only asked.
  expect(acts).toEqual([
    'user-add romeo@localhost',
    'user-add romeo@localhost {"problem":"romeo@localhost exists already"}',
    'user-passwd romeo@localhost',
    'user-share romeo@localhost {"share":true}',
    'user-share romeo@localhost {"share":false}',
    'user-suspend romeo@localhost {"suspended":true}',
    'user-suspend nobody@localhost {"suspended":true,"problem":"there is no account nobody@localhost"}',
    'user-del romeo@localhost',
  ]);
});

test('who is erased is counted, and named nowhere', async () => {
  await askServer(file, { command: 'user-add', name: 'romeo', password: 'x' });
  expect(await askServer(file, { command: 'user-erase', name: 'romeo' })).toMatchObject({
    ok: true,
    accounts: [],
    erased: { accounts: 1, roomMessages: 0 },
  });
  expect(await askServer(file, { command: 'user-erase', name: 'romeo' })).toEqual({
    ok: false,
    message: 'nothing is kept of this person',
  });
  expect(acts).toEqual([
    'user-add romeo@localhost',
    'user-erase (erased)',
    'user-erase (erased) {"problem":"nothing is kept of this person"}',
  ]);
});

test.each(['hello\n', '{"command":"user-add"}\n', '{"command":"shutdown"}\n', '[]\n'])(
  '%j is no request',
  async (line) => {
    expect(await raw(line)).toBe('{"ok":false,"message":"this is no request"}\n');
  },
);

test('a line without an end is cut off at the bound', async () => {
  expect(await raw('x'.repeat(MAX_LINE_BYTES + 1))).toBe('');
  expect(await askServer(file, { command: 'ping' })).toEqual({ ok: true, accounts: [] });
});

test('a line may be as long as the bound, in any parts', () => {
  const reader = new LineReader(4);
  expect(reader.push(Buffer.from('ab'))).toBeUndefined();
  expect(reader.push(Buffer.from('cd\nrest'))).toEqual({ text: 'abcd' });
  const other = new LineReader(4);
  expect(other.push(Buffer.from('abcde'))).toBe('too long');
});

test('no server means no answer, and what it left is replaced', async () => {
  await close();
  expect(await askServer(file, { command: 'ping' })).toBeUndefined();
  await writeFile(file, '');
  expect(await askServer(file, { command: 'ping' })).toBeUndefined();
  close = await openAdminSocket(file, await admin(), silentLogger, note);
  expect(await askServer(file, { command: 'ping' })).toMatchObject({ ok: true });
});
