import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from '../kernel/logger.js';
import type { BoshManager } from '../link/bosh/bosh-manager.js';
import type { Exchange } from '../link/bosh/exchange.js';
import { bodyLimit } from '../link/bosh/read-body.js';
import { mayConnect, noteForeignPage, type PeerReader } from '../link/peer.js';

const PATH = '/http-bind';
/** XEP-0124 section 5: what clients understand whatever they accept. */
const CONTENT_TYPE = 'text/xml; charset=utf-8';
/** A browser may remember for a day that it may ask; browsers have shorter bounds of their own. */
const PREFLIGHT_AGE = '86400';

/** What decides who may use BOSH. */
export interface BoshRouteOptions {
  readonly peerOf: PeerReader;
  /** Origins of pages that may ask, beside the server's own; see `mayConnect`. */
  readonly origins: readonly string[] | undefined;
  /** The largest frame that anybody may send, in bytes. */
  readonly frameBytes: number;
  readonly log: Logger;
}

/** Puts BOSH (XEP-0124) on an HTTP server, with the CORS headers that pages of other origins need on every reply. */
export function registerBosh(app: FastifyInstance, manager: BoshManager, options: BoshRouteOptions): void {
  const { frameBytes, log, origins, peerOf } = options;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.addHook('onRequest', (request, reply, done) => {
      const { origin } = request.headers;
      if (origin === undefined) return done();
      if (!origins) {
        reply.header('access-control-allow-origin', '*');
        return done();
      }
      reply.header('vary', 'Origin');
      if (!mayConnect(request.raw, origins)) {
        noteForeignPage(log, request.raw);
        return void reply.code(403).send();
      }
      reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true');
      done();
    });

    scope.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
      if (error.statusCode === 413) manager.tooLarge(exchangeOf(reply));
      else reply.code(error.statusCode ?? 500).send();
    });

    scope.options(PATH, (_request, reply) => {
      reply
        .header('access-control-allow-methods', 'POST, OPTIONS')
        .header('access-control-allow-headers', 'Content-Type')
        .header('access-control-max-age', PREFLIGHT_AGE)
        .code(204)
        .send();
    });

    scope.post(PATH, { bodyLimit: bodyLimit(frameBytes) }, (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      manager.receive(bytes, peerOf(request.raw, 'bosh'), exchangeOf(reply));
    });
  });
}

function exchangeOf(reply: FastifyReply): Exchange {
  const { raw } = reply;
  return {
    answer(status, body) {
      if (raw.destroyed) return;
      // Nothing is to be done with the bytes on their way, so they do not go through what fastify has for that.
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) raw.setHeader(name, value);
      }
      raw.writeHead(status, {
        'content-type': CONTENT_TYPE,
        'cache-control': 'no-store',
        'content-length': body.length,
      });
      raw.end(body);
    },
    onGone(listener) {
      raw.once('close', () => {
        if (!raw.writableEnded) listener();
      });
    },
  };
}
