import { type BareJid, type DomainJid, parseBareJid } from '@meerkat-chat/xmpp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FRAME_COOKIE, type FrameSessions } from '../auth/frame/frame-sessions.js';
import { Cookies } from '../link/cookies.js';
import type { EmbedConfig, EmbedConfigs, EmbedRefusal } from './embed-config.js';
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
  /** Reads what this server has signed for pages with frames. */
  readonly embedConfigs: Pick<EmbedConfigs, 'read'>;
  /** Whether a frame needs that. */
  readonly embedSigned: 'optional' | 'required';
  /** Reads the sessions of framed rooms. */
  readonly frameSessions: Pick<FrameSessions, 'read'>;
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

/** What holds for a frame: what this server has signed, else its settings. */
interface Terms {
  readonly ancestors: readonly string[];
  readonly readers: readonly string[];
  readonly tokenOrigins: readonly string[];
  readonly readOnly: boolean;
}

/** Nothing of a signed configuration can be had without it, and nothing beyond it with it. */
function termsOf({ features, origins }: EmbedConfig): Terms {
  const where = (feature: EmbedConfig['features'][number]) => (features.includes(feature) ? origins : []);
  return {
    ancestors: origins,
    readers: where('messages'),
    tokenOrigins: where('sign-in'),
    readOnly: features.includes('read-only'),
  };
}

async function judge(
  { embedAncestors, embedConfigs, embedSigned, tokenOrigins }: EmbedPageOptions,
  signed: string | null,
  room: string,
): Promise<EmbedRefusal | Terms> {
  if (signed === null && embedSigned === 'required') return 'forged';
  if (signed === null) {
    return { ancestors: embedAncestors, readers: embedAncestors, tokenOrigins, readOnly: false };
  }
  const config = await embedConfigs.read(signed, room);
  return typeof config === 'string' ? config : termsOf(config);
}

/** Who goes on with a session of a framed room. */
async function sessionOf(
  { frameSessions }: EmbedPageOptions,
  { headers }: FastifyRequest,
): Promise<BareJid | undefined> {
  const [value] = new Cookies(headers.cookie ?? '').values(FRAME_COOKIE);
  return value === undefined ? undefined : (await frameSessions.read(value))?.account;
}

/** Serves `/embed/room/NAME`: the room as a page, for a plain `<iframe>`. */
export function embedPageRoute(app: FastifyInstance, options: EmbedPageOptions): void {
  const { domain, embedAncestors } = options;
  app.get('/embed/room/:name', async (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
    const host = usableHost(request);
    if (host === undefined) {
      return reply.code(400).type('text/plain; charset=utf-8').send('No usable Host header.\n');
    }
    const { name } = request.params;
    const query = new URL(request.url, 'http://any').searchParams;
    const look = lookOf(query, request.headers['accept-language']);
    const send = (status: number, { html, styleHash }: EmbedPage, ancestors = embedAncestors): FastifyReply =>
      reply
        .code(status)
        .header('content-security-policy', policyOf(host, styleHash, ancestors))
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
    const terms = await judge(options, query.get('config'), name);
    // Whoever frames it may say so: there is nothing in it.
    if (terms === 'expired') return send(410, noRoomPage(look, 'oldConfig'), []);
    if (terms === 'forged') return send(403, noRoomPage(look, 'badConfig'), []);
    const { ancestors, readOnly, ...around } = terms;
    const asked = roomOf(name, query);
    // Whoever is signed in by a cookie is so in any frame: only pages that are named may have one.
    const unnamed = asked.auth === 'cookie' && ancestors.length === 0;
    const room = unnamed ? { ...asked, auth: undefined } : asked;
    const session = room.auth === 'token' ? await sessionOf(options, request) : undefined;
    const page = roomPage({ ...room, readOnly: readOnly || room.readOnly, session }, host, around, look);
    return send(200, page, ancestors);
  });
}
