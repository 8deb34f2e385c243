import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ShownStatus } from '../kernel/hooks.js';
import { isStatusId } from '../kernel/status-id.js';
import { type EmbedLook, lookOf } from './embed-look.js';
import { matches } from './etag.js';
import type { PageWords } from './page-words.js';
import { statusPage } from './status-page.js';
import { statusPicture, WEB_STATUSES, type WebStatus } from './status-picture.js';

/** What the status on the web is made of. */
export interface StatusRouteOptions {
  /** What is shown at an id, without waiting for anything; undefined where nothing is. */
  shown(id: string): ShownStatus | undefined;
}

/** How long an answer may be kept, in seconds: as long as a badge may be behind. */
const MAX_AGE = 15;

/** One answer, whole. */
interface Answer {
  readonly body: string;
  readonly type: string;
  readonly etag: string;
  readonly policy?: string;
}

function answerOf(body: string, type: string, policy: string): Answer {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, type, etag, policy };
}

/** What a status looks like does not depend on whose it is, so it is made once. */
function eachStatus(make: (status: WebStatus) => Answer): Readonly<Record<WebStatus, Answer>> {
  const [online, away, dnd, offline, unknown] = WEB_STATUSES;
  return {
    online: make(online),
    away: make(away),
    dnd: make(dnd),
    offline: make(offline),
    unknown: make(unknown),
  };
}

function asJson(shown: ShownStatus | undefined): Answer {
  const type = 'application/json; charset=utf-8';
  if (!shown) return { body: '{"status":"unknown"}', type, etag: '"unknown"' };
  const { status, since } = shown;
  // The tag says all that the body does.
  return { body: `{"status":"${status}","since":${since}}`, type, etag: `"${status}-${since.toString(36)}"` };
}

function reply(
  request: FastifyRequest,
  to: FastifyReply,
  { body, type, etag, policy }: Answer,
): FastifyReply {
  to.header('etag', etag)
    .header('cache-control', `public, max-age=${MAX_AGE}`)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  if (policy !== undefined) {
    // Pages that isolate themselves (COEP) may frame it only so.
    to.header('content-security-policy', policy).header('cross-origin-embedder-policy', 'credentialless');
  }
  if (matches(request.headers['if-none-match'], etag)) return to.code(304).send();
  return to.type(type).send(body);
}

/** In those words, made once for each language that somebody has asked for, of the few that there are. */
function picturesByWords(): (words: PageWords, status: WebStatus) => Answer {
  const made = new Map<PageWords, Readonly<Record<WebStatus, Answer>>>();
  return (words, status) => {
    const pictures =
      made.get(words) ??
      eachStatus((one) => {
        const { svg, policy } = statusPicture(one, words);
        return answerOf(svg, 'image/svg+xml; charset=utf-8', policy);
      });
    made.set(words, pictures);
    return pictures[status];
  };
}

function pageOf(status: WebStatus, look: EmbedLook): Answer {
  const { html, policy } = statusPage(status, look);
  return answerOf(html, 'text/html; charset=utf-8', policy);
}

/**
 * The status of those who show it: `/status/ID.json`, `/status/ID.svg`, and `/embed/badge/ID` for an iframe, with the
 * look that its query asks for (`lookOf`). An id that is unknown, malformed or withdrawn is answered like any other, so
 * that nobody learns which ones there are.
 */
export function statusRoutes(app: FastifyInstance, options: StatusRouteOptions): void {
  const picture = picturesByWords();
  const shown = (id: string) => (isStatusId(id) ? options.shown(id) : undefined);
  const look = (request: FastifyRequest, query: string | undefined) =>
    lookOf(new URLSearchParams(query), request.headers['accept-language']);

  // Whatever stands there, of any length: a parameter of the router would refuse some.
  app.get('/status/*', (request, to) => {
    const [path = '', query] = request.url.split('?', 2);
    const [, id, kind] = /^\/status\/([^/]+)\.(json|svg)$/.exec(path) ?? [];
    if (id === undefined) return to.callNotFound();
    const found = shown(id);
    if (kind === 'json') return reply(request, to, asJson(found));
    to.header('vary', 'accept-language');
    return reply(request, to, picture(look(request, query).language.words, found?.status ?? 'unknown'));
  });

  app.get('/embed/badge/*', (request, to) => {
    const [path = '', query] = request.url.split('?', 2);
    const [, id] = /^\/embed\/badge\/([^/]+)$/.exec(path) ?? [];
    if (id === undefined) return to.callNotFound();
    to.header('vary', 'accept-language');
    return reply(request, to, pageOf(shown(id)?.status ?? 'unknown', look(request, query)));
  });
}
