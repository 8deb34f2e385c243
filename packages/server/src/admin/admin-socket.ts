import { unlink } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { Accounts } from '../accounts/open-accounts.js';
import type { Logger } from '../kernel/logger.js';
import type { NoteAct } from './command-audit.js';
import { LineReader } from './line-reader.js';
import { listenPrivately } from './private-socket.js';
import { MAX_LINE_BYTES, perform, readRequest } from './protocol.js';

/** Connections at once: a command line or two. */
const MAX_CONNECTIONS = 16;

async function serve(
  socket: Socket,
  accounts: Accounts,
  log: Logger,
  note: NoteAct,
  line: string,
): Promise<void> {
  const asked = readRequest(line);
  if (!asked) {
    socket.end('{"ok":false,"message":"this is no request"}\n');
    return;
  }
  try {
    const answer = await perform(accounts, asked, note);
    if (asked.command !== 'ping') log.info({ command: asked.command, ok: answer.ok }, 'administration');
    socket.end(`${JSON.stringify(answer)}\n`);
  } catch (error) {
    log.error({ err: error, command: asked.command }, 'administration failed');
    socket.end('{"ok":false,"message":"the server failed to do it, its log says why"}\n');
  }
}

/**
 * Listens for the command line of the same user: a Unix socket, mode 0600, one request and one answer per connection.
 * A socket that a dead server has left is replaced; ask it first whether its server is alive.
 * @returns what ends it
 */
export async function openAdminSocket(
  path: string,
  accounts: Accounts,
  log: Logger,
  note: NoteAct,
): Promise<() => Promise<void>> {
  await unlink(path).catch(() => {});
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const reader = new LineReader(MAX_LINE_BYTES);
    let asked = false;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      if (asked) return;
      const line = reader.push(bytes);
      if (line === 'too long') socket.destroy();
      else if (line) {
        asked = true;
        void serve(socket, accounts, log, note, line.text);
      }
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listenPrivately(server, path);
  return () =>
    new Promise((fulfil) => {
      server.close(() => fulfil());
      for (const socket of sockets) socket.destroy();
    });
}
