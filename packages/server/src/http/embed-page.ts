import { type DomainJid, parseBareJid } from '@meerkat-chat/xmpp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { lookOf } from './embed-look.js';
import { type EmbedPage, type EmbedRoom, noRoomPage, roomPage } from './embed-page-html.js';
import { usableHost } from './host-meta.js';

/** What the pages for frames are made by. */
export interface EmbedPageOptions {
  /** The domain of the accounts. */
  readonly domain: DomainJid;
  /** Origins of the pages that may frame ours and hear what is said in them; empty: any may frame them. */
  readonly embedAncestors: readonly string[];
  /** Origins of the pages that may say who signs in to rooms that they frame. */
  readonly tokenOrigins: readonly string[];
}

/** Characters of a nick that an address may ask for. */
const NICK = 64;

/** What of the query is for the room; the rest, and values that are none, are as if they were not there. */
function roomOf(name: string, query: URLSearchParams): EmbedRoom {
  const nick = query.get('nick')?.trim() ?? '';
  const auth = query.get('auth');
  return {
    name,
    readOnly: ['', '1', 'true'].includes(query.get('readonly') ?? '0'),
    nick: nick !== '' && nick.length <= NICK ? nick : undefined,
    auth: auth === 'cookie' || auth === 'token' ? auth : undefined,
  };
}

/**
 * What such a page may do: load our script and our style, and talk to us. By hash and by address, so that the page is
 * the same for everybody and holds nothing inline that was not here before.
 */
function policyOf(host: string, styleHash: string, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleHash}`,
    // Not every browser takes the WebSocket of the same host for 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    'img-src data: https:',
    "base-uri 'none'",
    "form-action 'none'",
    // Lit makes its templates by a policy of that name; no other text becomes HTML or script.
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    // Left out it lets in any page, also one without an origin, such as that of an app, which `*` does not.
    ...(ancestors.length > 0 ? [`frame-ancestors ${ancestors.join(' ')}`] : []),
  ].join('; ');
}

/** Serves `/embed/room/NAME`: the room as a page, for a plain `<iframe>`. */
export function embedPageRoute(
  app: FastifyInstance,
  { domain, embedAncestors, tokenOrigins }: EmbedPageOptions,
): void {
  app.get('/embed/room/:name', (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
    const host = usableHost(request);
    if (host === undefined) {
      return reply.code(400).type('text/plain; charset=utf-8').send('No usable Host header.\n');
    }
    const { name } = request.params;
    const query = new URL(request.url, 'http://any').searchParams;
    const look = lookOf(query, request.headers['accept-language']);
    const send = (status: number, { html, styleHash }: EmbedPage): FastifyReply =>
      reply
        .code(status)
        .header('content-security-policy', policyOf(host, styleHash, embedAncestors))
        // Pages that isolate themselves (COEP) may frame it only so.
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('cross-origin-embedder-policy', 'credentialless')
        .header('cache-control', 'no-cache')
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(html);
    if (name === 'page') return send(404, noRoomPage(look, 'noRoom'));
    if (name.includes('@') || parseBareJid(`${name}@${domain}`) === undefined) {
      return send(404, noRoomPage(look, 'badName'));
    }
    return send(200, roomPage(roomOf(name, query), host, { readers: embedAncestors, tokenOrigins }, look));
  });
}
