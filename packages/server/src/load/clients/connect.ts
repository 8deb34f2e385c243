import { assertNever, type Env } from '@meerkat-chat/xmpp';
import { isLoopback, type Spread, serverOf, type Target, transportOf, urlsOf } from '../target.js';
import { BoshWire } from './bosh-wire.js';
import { connectTcp } from './tcp-wire.js';
import { connectWebSocket } from './websocket-wire.js';
import type { Wire, WireListener } from './wire.js';

/** Bytes that a process reads at once, whatever the number of its sockets. */
const READ_BUFFER = 256 * 1024;
/**
 * Sockets from one address. Linux has 28,000 ports to give to an address, but looks in the lower half of them first,
 * and longer and longer for the last of those: 30,000 users took 96 s from two addresses, and 25 s from four.
 */
export const SOCKETS_PER_ADDRESS = 8_000;

/** Opens the connections of users, each to its server. */
export type Connect = (index: number, listener: WireListener) => Promise<Wire>;

/** The address that a user's connections come from, of as many as there are; undefined for a server elsewhere. */
export function sourceOf(url: string, index: number, sources: number): string | undefined {
  if (sources <= 1 || !isLoopback(url)) return undefined;
  return `127.0.0.${1 + (index % Math.min(sources, 254))}`;
}

/** Where the users of a run connect to, and from. */
export interface ConnectorOptions {
  readonly target: Target;
  readonly spread: Omit<Spread, 'servers' | 'cluster'>;
  /** Addresses that connections come from, to a server on this machine. */
  readonly sources: number;
}

/** Connections of all users of one process. @throws RangeError when there is no server */
export function connector(options: ConnectorOptions, env: Env): Connect {
  const { sources, target } = options;
  const servers = urlsOf(target).map((url) => ({
    href: url,
    url: new URL(url),
    transport: transportOf(url),
  }));
  const spread = { ...options.spread, servers: servers.length, cluster: target.cluster ?? false };
  const trustAnyCertificate = target.trustAnyCertificate ?? false;
  const shared = Buffer.alloc(READ_BUFFER);
  return async (index, listener) => {
    const server = servers[serverOf(index, spread)];
    if (!server) throw new RangeError('there must be a server');
    const { href, transport, url } = server;
    const options = { url, localAddress: sourceOf(href, index, sources), trustAnyCertificate };
    switch (transport) {
      case 'websocket':
        return connectWebSocket(options, listener, env, shared);
      case 'bosh':
        return new BoshWire(options, listener, env);
      case 'tcp':
        return connectTcp(options, listener);
      default:
        return assertNever(transport);
    }
  };
}
