/** What a page says of its own address. */
export interface PageAddress {
  /** `location.href`. */
  readonly href: string;
  /** The `href` of the first `<link rel="canonical">` in the head, as it is written there. */
  readonly canonical?: string | undefined;
}

/** What tells a page from others: see `pagePath`. */
export interface PagePath {
  /** With its port, where that is not the default. */
  readonly host: string;
  readonly path: string;
}

/**
 * What of its canonical address a page is known by: host, port and path. Not counted are the scheme, the query, the
 * fragment, a default port, slashes at the end, and how the path is escaped. A canonical address of another host is not
 * believed: with it, a page could put its readers into the room of somebody else's.
 * @throws RangeError for a page without an address of its own (`about:`, `data:`, `blob:`)
 */
export function pagePath({ href, canonical }: PageAddress): PagePath {
  const page = new URL(href);
  if (!['file:', 'http:', 'https:'].includes(page.protocol)) throw new RangeError(`"${href}" has no room`);
  const { host, pathname } = canonicalOf(page, canonical);
  return { host, path: evenPath(pathname) };
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
