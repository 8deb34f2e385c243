import { assertNever, type Env, type Random, randomId } from '@meerkat-chat/xmpp';
import { isLoopback, type Spread, serverOf, type Target, transportOf, urlsOf } from '../target.js';
import { BoshWire } from './bosh-wire.js';
import { cookieHeaders, siteToken } from './site-token.js';
import { connectTcp } from './tcp-wire.js';
import { connectWebSocket } from './websocket-wire.js';
import type { Wire, WireListener, WireOptions } from './wire.js';

/** Bytes that a process reads at once, whatever the number of its sockets. */
const READ_BUFFER = 256 * 1024;
/**
 * Sockets from one address. To find one of its ports that is free takes the system the longer the more are in use, for a
 * minute after their end as well: once 20,000 were, 2 ms for each connection of one address, and 0.04 ms for those of many.
 */
export const SOCKETS_PER_ADDRESS = 1_000;

/** The addresses of this machine that connections to a server on it come from. */
export interface Sources {
  /** How many; with one, the system chooses. */
  readonly count: number;
  /** Which net they are of: another one for each run, so that ports which the run before has used do not matter. */
  readonly net: number;
}

/** How many nets of addresses there are: 127.1.x.y to 127.254.x.y. */
const NETS = 254;
const ADDRESSES_PER_NET = 254 * 256;

/**
 * Addresses for so many users, of a net by chance.
 * @param count as many as asked for; by default enough, on systems that have all of 127.x.x.x without being told to
 */
export function sourcesFor(
  users: number,
  random: Random,
  count = process.platform === 'darwin' ? 1 : Math.ceil(users / SOCKETS_PER_ADDRESS),
): Sources {
  return { count, net: Math.floor(random.number() * NETS) };
}

/** Opens the connections of users, each to its server. */
export type Connect = (index: number, listener: WireListener) => Promise<Wire>;

/** The address that a user's connections come from; undefined where the system chooses it. */
export function sourceOf(url: string, index: number, { count, net }: Sources): string | undefined {
  if (count <= 1 || !isLoopback(url)) return undefined;
  const which = index % Math.min(count, ADDRESSES_PER_NET);
  return `127.${1 + (net % NETS)}.${Math.floor(which / 254)}.${1 + (which % 254)}`;
}

/** Where the users of a run connect to, and from. */
export interface ConnectorOptions {
  readonly target: Target;
  readonly spread: Omit<Spread, 'servers' | 'cluster'>;
  readonly sources: Sources;
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
    const options = {
      url,
      localAddress: sourceOf(href, index, sources),
      trustAnyCertificate,
      ...headersOf(target, url, index, env),
    };
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

/** A cookie comes along with the connection. */
function headersOf(
  { credentials, domain }: Target,
  url: URL,
  index: number,
  env: Env,
): Pick<WireOptions, 'headers'> {
  if (credentials.kind !== 'cookie') return {};
  const token = siteToken(credentials, { index, domain }, randomId(env.random), env.clock.now());
  return { headers: cookieHeaders(url, credentials.cookie, token) };
}
