import { assertNever, type Env } from '@meerkat-chat/xmpp';
import { isLoopback, type Target, transportOf } from '../target.js';
import { BoshWire } from './bosh-wire.js';
import { connectTcp } from './tcp-wire.js';
import { connectWebSocket } from './websocket-wire.js';
import type { Wire, WireListener } from './wire.js';

/** Bytes that a process reads at once, whatever the number of its sockets. */
const READ_BUFFER = 256 * 1024;
/** Sockets from one address to one port: the system has about 28,000 ports to give. */
export const SOCKETS_PER_ADDRESS = 16_000;

/** Opens connections to one server. */
export type Connect = (index: number, listener: WireListener) => Promise<Wire>;

/** The address that a user's connections come from, of as many as there are; undefined for a server elsewhere. */
export function sourceOf(target: Target, index: number, sources: number): string | undefined {
  if (sources <= 1 || !isLoopback(target.url)) return undefined;
  return `127.0.0.${1 + (index % Math.min(sources, 254))}`;
}

/** Connections of all users of one process to one server. */
export function connector(target: Target, sources: number, env: Env): Connect {
  const transport = transportOf(target.url);
  const url = new URL(target.url);
  const shared = Buffer.alloc(READ_BUFFER);
  return async (index, listener) => {
    const options = { url, localAddress: sourceOf(target, index, sources) };
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
