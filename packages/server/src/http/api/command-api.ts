import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { fastify } from 'fastify';
import { listenPrivately } from '../../admin/private-socket.js';
import type { Logger } from '../../kernel/logger.js';
import type { ApiContext } from './api-context.js';
import { apiRoutes } from './api-routes.js';
import { API_SCOPES } from './settings.js';

/** The name of the socket in the data folder. */
export const API_SOCKET = 'api.sock';

/** Connections at once: a command line or two. */
const MAX_CONNECTIONS = 16;

/**
 * The API for the command line of the same user: over a Unix socket, mode 0600, in the data folder, without a key. So a
 * command is one operation, with its checks, its answer and its entry in the audit log. A socket that a dead server has left
 * is replaced; ask the admin socket first whether its server is alive.
 * @returns what ends it
 */
export async function openCommandApi(
  folder: string,
  options: { readonly context: ApiContext; readonly log: Logger; readonly version: string },
): Promise<() => Promise<void>> {
  const socket = path.join(folder, API_SOCKET);
  await unlink(socket).catch(() => {});
  const app = fastify({ logger: false });
  app.server.maxConnections = MAX_CONNECTIONS;
  apiRoutes(app, {
    ...options,
    keys: [],
    trusted: { name: 'command line', actor: 'command line', scopes: API_SCOPES },
    attempts: undefined,
    now: () => options.context.now(),
  });
  // Whoever is still being answered, or keeps a connection, does not hold up the end.
  app.addHook('preClose', (done) => {
    app.server.closeAllConnections();
    done();
  });
  await app.ready();
  await listenPrivately(app.server, socket);
  return () => app.close();
}
