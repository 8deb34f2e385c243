import { domainIn, type Endpoints } from './endpoints.js';

const RELATIONS = {
  websocket: 'urn:xmpp:alt-connections:websocket',
  bosh: 'urn:xmpp:alt-connections:xbosh',
} as const;

/**
 * The endpoints that a host-meta names (XEP-0156), for the domain of the usual ones; undefined where it names none. Only
 * links that are as safe as they claim are taken: `wss:` and `https:` or, from a server that is itself plain, any.
 */
export function namedEndpoints(meta: unknown, usual: Endpoints): Endpoints | undefined {
  const { links } = (meta ?? {}) as { readonly links?: unknown };
  const find = (rel: string, schemes: RegExp): string | undefined => {
    if (!Array.isArray(links)) return undefined;
    const link = links.find((entry) => entry?.rel === rel && schemes.test(String(entry?.href)));
    return link === undefined ? undefined : String(link.href);
  };
  const websocket = find(RELATIONS.websocket, /^wss?:\/\//);
  const bosh = find(RELATIONS.bosh, /^https?:\/\//);
  if (!websocket && !bosh) return undefined;
  return { websocket, bosh, domain: usual.domain, meerkat: domainIn(meta) !== undefined };
}
