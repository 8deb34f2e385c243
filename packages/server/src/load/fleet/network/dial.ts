import net from 'node:net';
import type { Env, Off } from '@meerkat-chat/xmpp';
import { RemoteWorker } from './remote-worker.js';
import { SocketLink } from './socket-link.js';
import type { WorkerHost } from './worker-host.js';

const CONNECT_TIMEOUT = 10_000;
/** Sockets that a worker holds at most: the processes of a run, and a few strangers. */
const MAX_CONNECTIONS = 128;

/** A machine and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `HOST:PORT`, an IPv6 address in brackets. @throws RangeError for anything else */
export function parseAddress(text: string): Address {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535) throw new RangeError(`${text} is no HOST:PORT`);
  return { host, port };
}

/** What several workers are used with. */
export interface DialOptions {
  /** `HOST:PORT` of one process each; an address may come several times. */
  readonly addresses: readonly string[];
  readonly token: string;
  readonly version: string;
  readonly run: string;
  readonly env: Env;
}

/** Connects to the workers of a run. @throws Error when any of them is not there or refuses: then none is kept */
export async function dialWorkers(options: DialOptions): Promise<readonly RemoteWorker[]> {
  const { addresses, ...rest } = options;
  const dialled = await Promise.allSettled(
    addresses.map(async (address) => {
      const link = new SocketLink(await dial(address, options.env));
      return RemoteWorker.connect(link, { ...rest, address });
    }),
  );
  const workers = dialled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const result of dialled) {
    if (result.status === 'fulfilled') continue;
    for (const worker of workers) worker.kill();
    throw result.reason;
  }
  return workers;
}

function dial(address: string, env: Env): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ ...parseAddress(address), noDelay: true });
    const fail = (why: string): void => {
      off();
      socket.destroy();
      reject(new Error(`worker ${address}: ${why}`));
    };
    const failed = (error: Error): void => fail(error.message);
    const off: Off = env.clock.after(CONNECT_TIMEOUT, () => fail('it cannot be reached'));
    socket.once('error', failed);
    socket.once('connect', () => {
      off();
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

/**
 * Lets coordinators connect to a worker.
 * @param at port 0: any that is free
 * @returns the port, and what ends it
 * @throws Error when the address cannot be listened on
 */
export function listenForCoordinators(
  host: WorkerHost,
  at: Address,
): Promise<{ readonly port: number; close(): void }> {
  return new Promise((resolve, reject) => {
    const server = net.createServer({ noDelay: true }, (socket) => {
      host.accept(new SocketLink(socket), `${socket.remoteAddress}:${socket.remotePort}`);
    });
    server.maxConnections = MAX_CONNECTIONS;
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      const bound = server.address();
      server.off('error', reject);
      resolve({
        port: bound !== null && typeof bound === 'object' ? bound.port : at.port,
        close: () => {
          server.close();
          host.close();
        },
      });
    });
  });
}
