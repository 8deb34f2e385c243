import { type DomainJid, el, serialize } from '@meerkat-chat/xmpp';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const XRD = 'http://docs.oasis-open.org/ns/xri/xrd-1.0';
/**
 * The property by which we name the domain of our accounts (RFC 6415 section 3.1): a page knows where it loaded us
 * from, which need not be the domain.
 */
const DOMAIN_PROPERTY = 'urn:meerkat:domain:0';
const HOST = /^[a-z0-9._-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i;

interface AlternativeLink {
  readonly rel: string;
  readonly href: string;
}

/** The host, with its port, by which the client reached us; undefined when it said none that could be one. */
export function usableHost({ host }: FastifyRequest): string | undefined {
  return host !== undefined && HOST.test(host) ? host : undefined;
}

/** The links of XEP-0156, absolute, as the client reached us. */
function links(request: FastifyRequest): readonly AlternativeLink[] | undefined {
  const host = usableHost(request);
  if (host === undefined) return undefined;
  const secure = request.protocol === 'https';
  return [
    {
      rel: 'urn:xmpp:alt-connections:websocket',
      href: `${secure ? 'wss' : 'ws'}://${host}/xmpp-websocket`,
    },
    { rel: 'urn:xmpp:alt-connections:xbosh', href: `${secure ? 'https' : 'http'}://${host}/http-bind` },
  ];
}

/** Where a client finds our WebSocket and BOSH (XEP-0156), as XML and as JSON, from pages of any origin. */
export function hostMetaRoutes(app: FastifyInstance, domain: DomainJid): void {
  app.get('/.well-known/host-meta', (request, reply) => {
    const found = links(request);
    if (!found) return reply.code(400).type('text/plain; charset=utf-8').send('No usable Host header.\n');
    const xrd = el(
      'XRD',
      XRD,
      {},
      el('Property', XRD, { type: DOMAIN_PROPERTY }, domain),
      ...found.map(({ rel, href }) => el('Link', XRD, { rel, href })),
    );
    return reply
      .header('access-control-allow-origin', '*')
      .type('application/xrd+xml; charset=utf-8')
      .send(`<?xml version="1.0" encoding="utf-8"?>\n${serialize(xrd)}\n`);
  });

  app.get('/.well-known/host-meta.json', (request, reply) => {
    const found = links(request);
    if (!found) return reply.code(400).type('text/plain; charset=utf-8').send('No usable Host header.\n');
    return reply
      .header('access-control-allow-origin', '*')
      .send({ properties: { [DOMAIN_PROPERTY]: domain }, links: found });
  });
}
