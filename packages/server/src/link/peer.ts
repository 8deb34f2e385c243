import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Logger } from '../kernel/logger.js';
import { Cookies } from './cookies.js';
import type { Peer } from './server-link.js';

/** Tells who is at the other end of an HTTP request, an upgrade included. */
export type PeerReader = (request: IncomingMessage, transport: Peer['transport']) => Peer;

/**
 * Reads peers, believing `X-Forwarded-For` and `X-Forwarded-Proto` only from the proxies named.
 *
 * Cookies count only from pages of an origin that is named here, or of the server's own: a browser sends them from any
 * page, also from one of somebody else who would like to speak for its visitors (cross-site WebSocket hijacking). Over
 * BOSH the body must be XML too, which no foreign page can send without asking first (CORS).
 * @param trustedProxies addresses or CIDR blocks
 * @param origins of pages that may use cookies
 * @throws Error naming the entry that is neither
 */
export function createPeerReader(
  trustedProxies: readonly string[],
  origins: readonly string[] = [],
): PeerReader {
  const isTrusted = addressesIn('trustedProxies', trustedProxies);
  return (request, transport) => {
    const remote = plainAddress(request.socket.remoteAddress ?? '') ?? '0.0.0.0';
    const origin = request.headers.origin;
    const proto = last(request.headers['x-forwarded-proto']);
    const forwarded = list(request.headers['x-forwarded-for']);
    const behind = isTrusted(remote) && (proto !== undefined || forwarded.length > 0);
    const tls = behind ? proto === 'https' : request.socket instanceof TLSSocket;
    const page = origin !== undefined && (origins.includes(origin) || origin === ownOrigin(request, tls));
    const { cookie, 'content-type': type } = request.headers;
    const counts =
      cookie !== undefined && page && (transport !== 'bosh' || /^text\/xml *(;|$)/i.test(type ?? ''));
    return {
      transport,
      address: behind ? clientBehind(remote, forwarded, isTrusted) : remote,
      secure: tls || (!behind && isLoopback(remote)),
      origin,
      ...(counts ? { cookies: new Cookies(cookie) } : {}),
    };
  };
}

/**
 * Whether a page may connect: one of an origin that is named, or of the host that was asked, as the framed rooms are.
 * Who says no origin is no browser, and may.
 * @param origins exact; undefined for any
 */
export function mayConnect({ headers }: IncomingMessage, origins: readonly string[] | undefined): boolean {
  const { host, origin } = headers;
  if (!origins || origin === undefined || origins.includes(origin)) return true;
  // By either scheme: whether a proxy has taken off TLS does not matter here.
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}

/** Characters of an origin that a log has. */
const NOTED_ORIGIN = 200;

/** Tells the owner of a page that may not connect: it may be one that is missing in the setting. */
export function noteForeignPage(log: Logger, { headers: { origin = '' } }: IncomingMessage): void {
  log.info(
    { origin: origin.slice(0, NOTED_ORIGIN) },
    'a page of an origin that is not in `origins` may not connect',
  );
}

/** The origin of pages of the host that was asked. */
function ownOrigin(request: IncomingMessage, tls: boolean): string {
  return `${tls ? 'https' : 'http'}://${request.headers.host ?? ''}`;
}

/** Each proxy adds whom it heard at the end, so the client is the last that no proxy of ours has. */
function clientBehind(
  remote: string,
  forwarded: readonly string[],
  isTrusted: (address: string) => boolean,
): string {
  let client = remote;
  for (const entry of [...forwarded].reverse()) {
    const address = plainAddress(entry);
    if (address === undefined) return client;
    client = address;
    if (!isTrusted(address)) return client;
  }
  return client;
}

/**
 * Tells whether an address is one of these, or of one of these blocks.
 * @param setting names where they come from
 * @throws Error naming the entry that is neither
 */
export function addressesIn(setting: string, entries: readonly string[]): (address: string) => boolean {
  const list = blockList(setting, entries);
  return (address) => entries.length > 0 && isIP(address) !== 0 && list.check(address, familyOf(address));
}

function blockList(setting: string, entries: readonly string[]): BlockList {
  const out = new BlockList();
  for (const entry of entries) {
    const [text = '', bits] = entry.split('/');
    const address = plainAddress(text);
    const longest = isIP(text) === 6 ? 128 : 32;
    if (address === undefined || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && +bits <= longest))) {
      throw new Error(`${setting}: ${entry} is neither an address nor a block of addresses`);
    }
    if (bits === undefined) out.addAddress(address, familyOf(address));
    else out.addSubnet(address, Number(bits), familyOf(address));
  }
  return out;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** An address as one writes it: IPv4 that came in through an IPv6 socket is IPv4; undefined for what is no address. */
function plainAddress(text: string): string | undefined {
  const address = /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(text) ? text.slice(7) : text;
  return isIP(address) === 0 ? undefined : address;
}

/** Whether a socket's own address says that the other end is on this machine. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || plain?.startsWith('127.') === true;
}

function list(header: string | readonly string[] | undefined): string[] {
  const joined = typeof header === 'string' ? header : (header ?? []).join(',');
  return joined === '' ? [] : joined.split(',').map((part) => part.trim());
}

function last(header: string | readonly string[] | undefined): string | undefined {
  return list(header).at(-1)?.toLowerCase();
}
