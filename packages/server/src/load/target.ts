import type { Transport } from './report.js';

/** Whom the users sign in as. */
export type Credentials =
  /** SASL ANONYMOUS (XEP-0175). */
  | { readonly kind: 'guest' }
  /** Accounts named PREFIX0, PREFIX1, ... with one password. They must exist. */
  | {
      readonly kind: 'password';
      readonly prefix: string;
      readonly password: string;
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-1';
    };

/** The server to load, and how to speak with it. */
export interface Target {
  /** `ws:`, `wss:` (RFC 7395), `http:`, `https:` (BOSH) or `xmpp:` (TCP: `xmpp://HOST:PORT`). */
  readonly url: string;
  /** The domain of the users. */
  readonly domain: string;
  /** The domain of the rooms. Default `rooms.DOMAIN`. */
  readonly roomsDomain?: string;
  readonly credentials: Credentials;
  /** Signs in by XEP-0388 with Bind 2 instead of the classic way. A guest who is to resume does so anyhow. */
  readonly sasl2: boolean;
  /** Every user has stream management (XEP-0198) on. */
  readonly streamManagement: boolean;
}

/** How a URL is spoken to. @throws RangeError for a URL of none of these */
export function transportOf(url: string): Transport {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'ws:' || protocol === 'wss:') return 'websocket';
  if (protocol === 'http:' || protocol === 'https:') return 'bosh';
  if (protocol === 'xmpp:') return 'tcp';
  throw new RangeError(`${url} is no ws:, wss:, http:, https: or xmpp: URL`);
}

/** True when the server is on this machine, so that users can come from many addresses of it. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.startsWith('127.');
}
