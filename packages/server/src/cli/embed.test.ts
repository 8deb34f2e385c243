import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EmbedConfigs, embedSecret } from '../http/embed-config.js';
import { createRuntimeEnv } from '../runtime.js';
import { openSqliteStorage } from '../storage/sqlite.js';
import { runCommand } from '../testing/run-command.js';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'meerkat-embed-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const meerkat = (...args: string[]) => runCommand(data, ...args);

test('the address of a frame is signed by this server', async () => {
  const more = ['--feature', 'read-only', 'sign-in', '--life', '30d', '--server', 'https://chat.example/'];
  const { code, stdout } = await meerkat(
    'embed',
    'Hall',
    'garden',
    '--origin',
    'https://blog.example',
    ...more,
  );
  expect(code).toBe(0);
  const [, signed = ''] =
    /^https:\/\/chat\.example\/embed\/room\/hall\?config=([\w.-]+)\n$/.exec(stdout) ?? [];
  const secret = embedSecret(await readFile(path.join(data, 'server.key')));
  const domain = parseDomainJid('localhost') ?? expect.unreachable();
  const configs = new EmbedConfigs(secret, domain, createRuntimeEnv().clock);
  expect(await configs.read(signed, 'garden')).toMatchObject({
    rooms: ['hall', 'garden'],
    origins: ['https://blog.example'],
    features: ['read-only', 'sign-in'],
  });
});

test('what was signed is in the audit log', async () => {
  await meerkat('embed', 'hall', 'garden', '--origin', 'https://blog.example', '--life', '1h');
  const storage = await openSqliteStorage({
    file: path.join(data, 'meerkat.sqlite'),
    clock: new FakeClock(),
  });
  const [entry] = await storage.audit.list({ limit: 9 });
  await storage.close();
  expect(entry).toMatchObject({ actor: 'command line', action: 'embed', target: 'hall garden' });
  expect(entry?.details).toEqual({ origins: ['https://blog.example'], features: [], life: 3_600_000 });
});

test('without a server it is the path alone', async () => {
  const { stdout } = await meerkat('embed', '*', '--origin', 'https://blog.example');
  expect(stdout).toMatch(/^\/embed\/room\/NAME\?config=/);
});

test.each([
  [['embed', 'hall'], /--origin/],
  [['embed', 'hall', '--origin', 'blog.example'], /--origin must be like https:\/\/blog\.example/],
  [['embed', 'hall', '--origin', 'https://a', '--feature', 'admin'], /--feature must be one of messages/],
  [['embed', 'hall', '--origin', 'https://a', '--life', '1y'], /--life must be a time/],
  [['embed', 'a b', '--origin', 'https://a'], /"a b" cannot be the name of a room/],
])('%j is refused in one line', async (args, problem) => {
  const { code, stdout, stderr } = await meerkat(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(problem);
});
