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
    }
  | SiteCredentials;

/** Users of a site, PREFIX0, PREFIX1, ..., for whom it signs tokens (JWT, HS256); accounts take none. */
export type SiteCredentials =
  /** By OAUTHBEARER (RFC 7628). */
  | { readonly kind: 'token'; readonly prefix: string /** In base64. */; readonly key: string }
  /** In a cookie, by EXTERNAL: over WebSocket and BOSH, from a page of the server's own. */
  | {
      readonly kind: 'cookie';
      readonly prefix: string;
      /** In base64. */
      readonly key: string;
      /** The cookie's name. */
      readonly cookie: string;
    };

/** The server to load, and how to speak with it. */
export interface Target {
  /**
   * `ws:`, `wss:` (RFC 7395), `http:`, `https:` (BOSH) or `xmpp:` (TCP: `xmpp://HOST:PORT`). Of several servers, all
   * of the same kind; users are spread evenly.
   */
  readonly url: string | readonly string[];
  /**
   * The servers are nodes of one: users take them in turn, whoever they talk with. Default false: each has rooms of
   * its own, and users who belong together are on the same one.
   */
  readonly cluster?: boolean;
  /** Takes whatever certificate a server has, of `wss:` and `https:`. Default false. */
  readonly trustAnyCertificate?: boolean;
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

/** Every server of a target. */
export function urlsOf(target: Pick<Target, 'url'>): readonly string[] {
  return typeof target.url === 'string' ? [target.url] : target.url;
}

/** How all servers of a target are spoken to. @throws RangeError when there are none, or they differ in that */
export function transportOfAll(urls: readonly string[]): Transport {
  const [first, ...others] = urls.map(transportOf);
  if (first === undefined) throw new RangeError('there must be a server');
  if (others.some((other) => other !== first)) throw new RangeError('all servers must be of the same kind');
  return first;
}

/** Which users are on which of several servers. */
export interface Spread {
  readonly users: number;
  readonly servers: number;
  /** How many neighbours belong together, and are on the same server. */
  readonly together: number;
  readonly cluster: boolean;
}

/** The place of a user's server among the URLs. */
export function serverOf(user: number, spread: Spread): number {
  const { cluster, servers, together, users } = spread;
  if (cluster) return user % servers;
  return Math.floor((Math.floor(user / together) * servers) / Math.ceil(users / together));
}

/** How a URL is spoken to. @throws RangeError for a URL of none of these */
export function transportOf(url: string): Transport {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'ws:' || protocol === 'wss:') return 'websocket';
  if (protocol === 'http:' || protocol === 'https:') return 'bosh';
  if (protocol === 'xmpp:') return 'tcp';
  throw new RangeError(`${url} is no ws:, wss:, http:, https: or xmpp: URL`);
}

/** The host of a URL as sockets take it: an IPv6 address without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** True when the server is on this machine, so that users can come from many addresses of it. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.startsWith('127.');
}
