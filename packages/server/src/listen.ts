import type { FastifyInstance } from 'fastify';

/** Where a server listens. */
export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
}

/**
 * Connections that the system keeps for us until we take them. Who finds no place there tries again after a second, three
 * and seven: when all come back at once, that is longer than it takes to serve them. Systems have a bound of their own.
 */
const BACKLOG = 4096;

/**
 * Opens an HTTP server.
 * @returns its address as one writes it in a browser
 * @throws Error with one line for the operator when it cannot listen there
 */
export async function listen(app: FastifyInstance, { host, port }: ListenOptions): Promise<string> {
  try {
    await app.listen({ host, port, backlog: BACKLOG });
  } catch (error) {
    throw new Error(explain(error, host, port), { cause: error });
  }
  const address = app.server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

function explain(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} at ${host} is in use already; another one is chosen by --port`;
    case 'EACCES':
      return `port ${port} at ${host} is not for this user; one above 1023 is chosen by --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine; another one is chosen by --host`;
    default:
      return `cannot listen at ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
