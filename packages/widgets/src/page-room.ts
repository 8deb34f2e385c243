import { type PageAddress, pagePath } from './page-address.js';

/** Characters of the readable end. */
const TAIL = 24;
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * The name of the room of a page: `page-`, a hash, and something of the path for people to read.
 *
 * People are in one room when `pagePath` finds the same host and path.
 * @throws RangeError for a page without an address of its own (`about:`, `data:`, `blob:`)
 */
export function pageRoom(address: PageAddress): string {
  const { host, path } = pagePath(address);
  const segment = path.slice(path.lastIndexOf('/') + 1);
  const tail = wordsOf(segment) || wordsOf(host);
  return `page-${hashOf(host + path)}${tail && `-${tail}`}`;
}

/** ASCII only, so that every browser comes to the same. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/%[0-9a-f]{2}|[^a-z0-9]+/g, '-')
    .replace(/-+/g, '-')
    .slice(0, TAIL)
    .replace(/^-|-$/g, '');
}

/**
 * FNV-1a of 64 bits, 13 characters. Pages without TLS have no WebCrypto, and it need not withstand an attacker: who can
 * name a room can enter it by that name.
 */
function hashOf(text: string): string {
  let hash = OFFSET;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * PRIME);
  }
  return hash.toString(36).padStart(13, '0');
}
