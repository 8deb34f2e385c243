import { once } from 'node:events';
import path from 'node:path';
import type { Command } from 'commander';
import { askServer } from '../admin/admin-client.js';
import { openAdminSocket } from '../admin/admin-socket.js';
import { commandAudit } from '../admin/command-audit.js';
import { ADMIN_SOCKET } from '../admin/protocol.js';
import { openDataFolder } from '../data-folder.js';
import { openCommandApi } from '../http/api/command-api.js';
import { createLogger } from '../log.js';
import { createRuntimeEnv } from '../runtime.js';
import { startServer } from '../server.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { installedFiles } from './files.js';
import { CliError, type CliIo } from './io.js';

interface StartOptions extends CommonOptions {
  readonly host?: string;
  readonly port?: string;
  /** False with `--no-limits`. */
  readonly limits: boolean;
}

/** `meerkat start`: runs a server until it is told to end. */
export function addStart(program: Command, io: CliIo): void {
  withCommonOptions(program.command('start').description('start the server'))
    .option('--host <address>', 'the address to listen at (default 127.0.0.1)')
    .option('--port <port>', 'the port to listen at; 0 picks a free one (default 5280)')
    .option('--no-limits', 'lift the limits by address and by rate, for load tests')
    .action((options: StartOptions) => start(options, io));
}

async function start(options: StartOptions, io: CliIo): Promise<void> {
  const config = configOf(options, io, [
    { path: 'listen.host', flag: '--host', value: options.host },
    { path: 'listen.port', flag: '--port', value: options.port },
    { path: 'limits.lifted', flag: '--no-limits', value: options.limits ? undefined : true },
  ]);
  const env = createRuntimeEnv();
  const log = createLogger(config.log, io.stderr);
  await openDataFolder(config.data);
  const socket = path.join(config.data, ADMIN_SOCKET);
  if (await askServer(socket, { command: 'ping' })) {
    throw new CliError(
      `another server uses the data folder ${path.resolve(config.data)}; another one is chosen by --data`,
    );
  }
  // From here on a signal ends the server in order, also while it is still starting.
  const told = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const server = await startServer(config, env, log, installedFiles());
  const { accounts, storage } = server;
  const unreachable = (err: unknown) => {
    // A path can be too long for a socket, or its disk can have none.
    log.warn({ err, socket }, 'no administration of this server from the command line');
    return async () => {};
  };
  const note = commandAudit(storage.audit, env.clock);
  const closeAdmin = await openAdminSocket(socket, accounts, log, note).catch(unreachable);
  const { version } = installedFiles();
  const api = { context: server.administration, log, version };
  const closeApi = await openCommandApi(config.data, api).catch(unreachable);
  io.stdout.write(`Meerkat ready on ${server.url}\n`);
  await told;
  log.info({}, 'ending');
  await closeApi();
  await closeAdmin();
  await server.stop();
  log.info({}, 'ended');
}
