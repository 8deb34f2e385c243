import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStorage } from '../storage/sqlite.js';
import { runCommand } from '../testing/run-command.js';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'meerkat-token-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const meerkat = (...args: string[]) => runCommand(data, ...args);

test('a token says what it was asked to say', async () => {
  const rooms = ['--room', 'stream-42=moderate', 'hall=read', 'lobby'];
  const more = ['--name', 'Mira Kim', '--origin', 'https://shop.example', '--life', '15m'];
  const { code, stdout } = await meerkat('token', 'mira', ...more, ...rooms);
  expect(code).toBe(0);
  const claims = decodeJwt(stdout.trim());
  expect(claims).toMatchObject({
    sub: 'mira',
    aud: 'localhost',
    name: 'Mira Kim',
    origin: 'https://shop.example',
    rooms: { 'stream-42': 'moderate', hall: 'read', lobby: 'write' },
  });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
});

test('who was given one is in the audit log, and the token is not', async () => {
  const { stdout } = await meerkat('token', 'Mira', '--life', '15m', '--room', 'hall=read');
  const storage = await openSqliteStorage({
    file: path.join(data, 'meerkat.sqlite'),
    clock: new FakeClock(),
  });
  const [entry, ...others] = await storage.audit.list({ limit: 9 });
  await storage.close();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ actor: 'command line', action: 'token', target: 'mira@localhost' });
  expect(entry?.details).toEqual({ life: 900_000, rooms: { hall: 'read' } });
  expect(JSON.stringify(entry)).not.toContain(stdout.trim());
});

test.each([
  [['token'], /missing required argument/],
  [['token', 'mira', '--life', 'soon'], /--life must be a time such as 90s/],
  [['token', 'mira', '--life', '0s'], /--life must be a time/],
  [['token', 'mira', '--life', '25h'], /no longer than auth.token.maxLife/],
  [['token', 'mira', '--room', 'hall=own'], /--room must be a name/],
  [['token', ' mira'], /claim sub: cannot be an address/],
  [['token', 'guest-1'], /belongs to guests/],
  [['token', 'mira', '--picture', 'http://x'], /claim picture/],
])('%j is refused in one line', async (args, message) => {
  const { code, stderr, stdout } = await meerkat(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
});
