import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { matches } from './etag.js';
import { STORYBOOK, type WebFile } from './web-files.js';

// Pages of ours load their own code only; the chat in them may talk to its server by WebSocket.
const PAGE_POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data: https:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

// Storybook's pages carry scripts within. They take nothing from anybody, and talk to nobody.
const STORYBOOK_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "frame-ancestors 'self'",
].join('; ');

const NOT_BUILT = `<!doctype html>
<meta charset="utf-8">
<title>Meerkat</title>
<h1>Meerkat is running</h1>
<p>The demo has not been built. Run <code>npm run build</code> in the repository and start the server again.</p>
<p>XMPP is served at <code>/xmpp-websocket</code> and <code>/http-bind</code>.</p>
`;

function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile, policy: string): FastifyReply {
  reply.header('etag', file.etag).header('cache-control', file.cache);
  if (file.anyOrigin) {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
  }
  if (file.type.startsWith('text/html')) reply.header('content-security-policy', policy);
  if (matches(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
  return reply.type(file.type).send(file.body);
}

/** Serves the files, and a page that helps where the demo is missing. Nothing else is found. */
export function webRoutes(app: FastifyInstance, files: ReadonlyMap<string, WebFile>): void {
  app.get('/*', (request, reply) => {
    const [path = '/'] = request.url.split('?', 1);
    const file = files.get(path);
    const policy = path.startsWith(STORYBOOK) ? STORYBOOK_POLICY : PAGE_POLICY;
    if (file) return sendFile(request, reply, file, policy);
    if (files.has(`${path}/`)) return reply.redirect(`${path}/`, 308);
    if (path === '/') {
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(NOT_BUILT);
    }
    return reply.callNotFound();
  });
}
