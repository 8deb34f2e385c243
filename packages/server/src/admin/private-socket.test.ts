import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listenPrivately } from './private-socket.js';

let folder = '';
let servers: readonly [Server, Server];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'meerkat-socket-'));
  servers = [createServer(), createServer()];
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a socket is its owner’s alone from the moment at which it is there', async () => {
  const file = path.join(folder, 'x.sock');
  const before = process.umask(0);
  try {
    const listening = listenPrivately(servers[0], file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(process.umask()).toBe(0);
    await listening;
    expect(servers[0].address()).toBe(file);
  } finally {
    process.umask(before);
  }
});

test('who cannot listen hears why, and other files are made as before', async () => {
  const before = process.umask();
  await expect(listenPrivately(servers[0], path.join(folder, 'none', 'x.sock'))).rejects.toThrow('x.sock');
  expect(process.umask()).toBe(before);
  const file = path.join(folder, 'x.sock');
  await listenPrivately(servers[0], file);
  await expect(listenPrivately(servers[1], file)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
