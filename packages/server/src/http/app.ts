import { type FastifyInstance, fastify } from 'fastify';
import type { Logger } from '../kernel/logger.js';
import { doctorRoutes } from './doctor/doctor-route.js';
import { type EmbedPageOptions, embedPageRoute } from './embed-page.js';
import { type HealthOptions, healthRoute } from './health.js';
import { hostMetaRoutes } from './host-meta.js';
import { loadWebFiles } from './web-files.js';
import { webRoutes } from './web-routes.js';

/** What the HTTP side is made of. */
export interface HttpAppOptions extends EmbedPageOptions, HealthOptions {
  readonly log: Logger;
  /** Addresses and blocks whose `X-Forwarded-...` headers are believed. */
  readonly trustedProxies: readonly string[];
  /** The folder with `embed/` and `demo/`. */
  readonly webFolder: string;
}

/** Time in which a request must have come in whole, so that nobody holds a connection by dripping. */
const REQUEST_TIMEOUT = 30_000;
/** The same of the headers alone, also for a connection that says nothing at all. */
const HEADERS_TIMEOUT = 10_000;
/** How often connections are looked at for that. */
const CHECKED_EVERY = 5_000;

/**
 * Makes the HTTP server, listening nowhere yet. Routes may be added until it listens; WebSocket upgrades are heard
 * at `app.server`.
 */
export async function createHttpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const { log, trustedProxies, webFolder } = options;
  const app = fastify({
    logger: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: true,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CHECKED_EVERY },
  });

  // Hooks that call back, not promises: each poll of BOSH passes them.
  app.addHook('onRequest', (_, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // Without the query: it is where tokens end up.
    const [url] = request.url.split('?', 1);
    log.debug(
      { method: request.method, url, status: reply.statusCode, address: request.ip },
      'answered a request',
    );
    done();
  });
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('Not found.\n'),
  );
  app.setErrorHandler((error, request, reply) => {
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500;
    if (status >= 500) log.error({ err: error, url: request.routeOptions.url }, 'a request failed');
    return reply
      .code(status)
      .type('text/plain; charset=utf-8')
      .send(status >= 500 ? 'Internal error.\n' : 'Bad request.\n');
  });

  healthRoute(app, options);
  hostMetaRoutes(app, options.domain);
  embedPageRoute(app, options);
  const { domain, embedAncestors: ancestors, tokenOrigins } = options;
  doctorRoutes(app, { domain, ancestors, tokenOrigins });
  webRoutes(app, await loadWebFiles(webFolder));
  return app;
}
