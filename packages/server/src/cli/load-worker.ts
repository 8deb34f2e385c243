import { type Command, InvalidArgumentError } from 'commander';
import { listenForCoordinators, parseAddress } from '../load/fleet/network/dial.js';
import { MIN_TOKEN } from '../load/fleet/network/handshake.js';
import { WorkerHost } from '../load/fleet/network/worker-host.js';
import { startChild } from '../load/fleet/start-worker.js';
import { createLoadEnv } from '../load/runtime.js';
import { installedFiles } from './files.js';
import { type CliIo, UsageError } from './io.js';
import { whole } from './load-values.js';

const VARIABLE = 'MEERKAT_LOAD_TOKEN';

interface WorkerOptions {
  readonly listen: string;
  readonly token?: string;
  readonly processes: number;
  readonly once?: true;
}

/** `meerkat load worker`: lends this machine to a load that is run from another. */
export function addLoadWorker(load: Command, io: CliIo): void {
  load
    .command('worker')
    .description('lend this machine to loads that are run from another, with --workers')
    .option('--listen <address>', 'HOST:PORT; port 0: any that is free', addressOf, '127.0.0.1:5290')
    .option(
      '--token <secret>',
      `who knows it may use this machine; ${MIN_TOKEN} characters or more (default: ${VARIABLE} of the environment)`,
    )
    .option('--processes <number>', 'generator processes at the same time, at most', whole(1, 64), 64)
    .option('--once', 'end after the first run')
    .action((options: WorkerOptions) => work(options, io));
}

/** The secret that a coordinator and its workers share. @throws UsageError when there is none, or too short a one */
export function tokenOf(given: string | undefined, io: CliIo): string {
  const token = given ?? io.env[VARIABLE] ?? '';
  if (token.length < MIN_TOKEN)
    throw new UsageError(`--token or ${VARIABLE} must have ${MIN_TOKEN} characters or more`);
  return token;
}

/** `HOST:PORT,HOST:PORT`. */
export function addressesOf(text: string): readonly string[] {
  return text.split(',').map((address) => addressOf(address.trim()));
}

function addressOf(text: string): string {
  try {
    parseAddress(text);
    return text;
  } catch {
    throw new InvalidArgumentError('An address such as 127.0.0.1:5290.');
  }
}

async function work(options: WorkerOptions, io: CliIo): Promise<void> {
  const token = tokenOf(options.token, io);
  const { host, port } = parseAddress(options.listen);
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const worker = new WorkerHost({
    token,
    version: installedFiles().version,
    env: createLoadEnv(),
    start: (heard) => startChild(heard, 0),
    processes: options.processes,
    log: (line) => io.stderr.write(`${line}\n`),
    ...(options.once ? { idle: finish } : {}),
  });
  const listening = await listenForCoordinators(worker, { host, port });
  process.once('SIGINT', finish).once('SIGTERM', finish);
  io.stdout.write(`Meerkat load worker ready on ${options.listen.replace(/:\d+$/, `:${listening.port}`)}\n`);
  await finished;
  process.off('SIGINT', finish).off('SIGTERM', finish);
  listening.close();
}
