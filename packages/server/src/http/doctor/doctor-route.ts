import type { FastifyInstance } from 'fastify';
import { Cookies } from '../../link/cookies.js';
import { lookOf } from '../embed-look.js';
import { usableHost } from '../host-meta.js';
import { type DoctorSettings, doctorPage } from './doctor-page.js';

/** Cookies that are there to be seen again, or not: one of the usual kind, one for the page around alone (CHIPS). */
const TRIED = 'meerkat-try';
const TRIED_PARTITIONED = 'meerkat-try-partitioned';
const HOW = 'Path=/embed/doctor; Max-Age=60; HttpOnly; Secure; SameSite=None';

/** What the page may do: its own script and style, and a real try at this server. Any page may frame it. */
function policyOf(host: string, styleHash: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleHash}`,
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Serves `/embed/doctor`: what hinders a chat in a frame, said by a page that is opened in that frame. */
export function doctorRoutes(app: FastifyInstance, settings: DoctorSettings): void {
  app.get('/embed/doctor', (request, reply) => {
    const host = usableHost(request);
    if (host === undefined) {
      return reply.code(400).type('text/plain; charset=utf-8').send('No usable Host header.\n');
    }
    const query = new URL(request.url, 'http://any').searchParams;
    const { html, styleHash } = doctorPage(settings, lookOf(query, request.headers['accept-language']));
    return reply
      .header('content-security-policy', policyOf(host, styleHash))
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cross-origin-embedder-policy', 'credentialless')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language')
      .type('text/html; charset=utf-8')
      .send(html);
  });

  app.post('/embed/doctor/cookies', (_, reply) =>
    reply
      .header('set-cookie', [`${TRIED}=1; ${HOW}`, `${TRIED_PARTITIONED}=1; ${HOW}; Partitioned`])
      .header('cache-control', 'no-store')
      .code(204)
      .send(),
  );

  app.get('/embed/doctor/cookies', (request, reply) => {
    const came = new Cookies(request.headers.cookie ?? '');
    const has = (name: string): boolean => came.values(name).length > 0;
    return reply
      .header('cache-control', 'no-store')
      .send({ cookies: has(TRIED), partitioned: has(TRIED_PARTITIONED) });
  });
}
