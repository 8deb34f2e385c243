import { type DomainJid, parseDomainJid } from '@meerkat-chat/xmpp';
import type { ChatOptions } from '../chat-options.js';
import type { Platform } from '../platform.js';
import { fits } from '../stored.js';

/** Where a server is reached. At least one of the two. */
export interface Endpoints {
  readonly websocket?: string | undefined;
  readonly bosh?: string | undefined;
  readonly domain: DomainJid;
  /** Whether it is taken for our own server, whose features need not be waited for. */
  readonly meerkat: boolean;
}

/** The property of host-meta by which our server names its domain, which need not be the host of its URL. */
export const DOMAIN_PROPERTY = 'urn:meerkat:domain:0';

/** A document longer than this (UTF-16 units) is none. */
const MAX_HOST_META = 65_536;

type Where = Pick<ChatOptions, 'bosh' | 'domain' | 'server' | 'websocket'>;

/**
 * What is known without asking: the endpoints that were named, else those of a Meerkat server at that origin.
 * @returns undefined when no URL can be made of it
 */
export function plannedEndpoints(
  where: Where,
  origin: string | undefined,
): (Omit<Endpoints, 'domain'> & { readonly domain: DomainJid | undefined }) | undefined {
  const domain = where.domain === undefined ? undefined : parseDomainJid(where.domain);
  if (where.websocket !== undefined || where.bosh !== undefined) {
    const websocket = where.websocket && urlOf(where.websocket, origin, 'ws');
    const bosh = where.bosh && urlOf(where.bosh, origin, 'http');
    const first = websocket || bosh;
    if (!first) return undefined;
    const endpoints = { ...(websocket ? { websocket } : {}), ...(bosh ? { bosh } : {}) };
    return { ...endpoints, domain: domain ?? hostOf(first), meerkat: false };
  }
  const base = urlOf(where.server ?? '', origin, 'http');
  if (!base) return undefined;
  return {
    websocket: new URL('/xmpp-websocket', base).href.replace(/^http/, 'ws'),
    bosh: new URL('/http-bind', base).href,
    domain,
    meerkat: true,
  };
}

/** Asks a server for its host-meta (XEP-0156, as JSON of RFC 6415 appendix A); undefined when there is none. */
export async function fetchHostMeta(
  platform: Pick<Platform, 'fetch'>,
  base: string,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    const url = new URL('/.well-known/host-meta.json', base).href;
    const response = await platform.fetch(url, { method: 'GET', signal });
    if (response.status !== 200) return undefined;
    const text = await response.text();
    return text.length > MAX_HOST_META ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The domain that a host-meta of a server of ours names. */
export function domainIn(meta: unknown): DomainJid | undefined {
  if (!fits(meta, { properties: {} })) return undefined;
  const domain = (meta.properties as Readonly<Record<string, unknown>>)[DOMAIN_PROPERTY];
  return typeof domain === 'string' ? parseDomainJid(domain) : undefined;
}

/** The host of a URL as an XMPP domain. */
export function hostOf(url: string): DomainJid | undefined {
  return parseDomainJid(new URL(url).hostname);
}

function urlOf(text: string, origin: string | undefined, scheme: 'http' | 'ws'): string | undefined {
  try {
    const url = new URL(text, origin);
    url.protocol = url.protocol.replace(/^(?:http|ws)/, scheme);
    return url.protocol.startsWith(scheme) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
