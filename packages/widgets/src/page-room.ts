/** What a page says of its own address. */
export interface PageAddress {
  /** `location.href`. */
  readonly href: string;
  /** The `href` of the first `<link rel="canonical">` in the head, as it is written there. */
  readonly canonical?: string | undefined;
}

/** Characters of the readable end. */
const TAIL = 24;
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * The name of the room of a page: `page-`, a hash, and something of the path for people to read.
 *
 * People are in one room when the canonical address has the same host, port and path. Not counted are the scheme, the
 * query, the fragment, a default port, slashes at the end, and how the path is escaped. A canonical address of another
 * host is not believed: with it, a page could put its readers into the room of somebody else's.
 * @throws RangeError for a page without an address of its own (`about:`, `data:`, `blob:`)
 */
export function pageRoom({ href, canonical }: PageAddress): string {
  const page = new URL(href);
  if (!['file:', 'http:', 'https:'].includes(page.protocol)) throw new RangeError(`"${href}" has no room`);
  const { host, pathname } = canonicalOf(page, canonical);
  const path = evenPath(pathname);
  const segment = path.slice(path.lastIndexOf('/') + 1);
  const tail = wordsOf(segment) || wordsOf(host);
  return `page-${hashOf(host + path)}${tail && `-${tail}`}`;
}

/** The address of the document that we are in. */
export function thisPage(): PageAddress {
  return {
    href: location.href,
    canonical:
      document.head.querySelector('link[rel~="canonical" i][href]')?.getAttribute('href') ?? undefined,
  };
}

function canonicalOf(page: URL, canonical: string | undefined): URL {
  if (canonical === undefined || !URL.canParse(canonical, page.href)) return page;
  const url = new URL(canonical, page.href);
  return url.host === page.host && /^(file|https?):$/.test(url.protocol) ? url : page;
}

/** One spelling for paths that mean the same (RFC 3986 section 6.2.2); no slash at the end. */
function evenPath(path: string): string {
  return path
    .replace(/%[0-9a-f]{2}/gi, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : code.toUpperCase();
    })
    .replace(/\/+$/, '');
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
