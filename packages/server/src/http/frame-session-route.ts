import type { Millis } from '@meerkat-chat/xmpp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FRAME_COOKIE, type FrameSessions } from '../auth/frame/frame-sessions.js';
import type { AuthVerdict } from '../auth/provider.js';
import type { PeerReader } from '../link/peer.js';
import type { Peer } from '../link/server-link.js';

/** What the sessions of framed rooms are made of. */
export interface FrameSessionRouteOptions {
  readonly sessions: Pick<FrameSessions, 'make'>;
  readonly peerOf: PeerReader;
  /** Judges a token of the site. */
  readonly verifyToken: (token: string, peer: Peer) => Promise<AuthVerdict>;
  /** Counts one that was wrong against its address. */
  readonly failed: (peer: Peer) => void;
}

/** For the page around alone (CHIPS), out of the reach of scripts, over https; browsers count localhost as that. */
const HOW = 'Path=/; HttpOnly; Secure; SameSite=None; Partitioned';

function cookie(value: string, life: Millis): string {
  return `${FRAME_COOKIE}=${value}; Max-Age=${Math.floor(life / 1000)}; ${HOW}`;
}

/** Only a page of our own asks: browsers name the origin of each POST and DELETE, and no other page learns the answer. */
function fromOurselves({ headers }: FastifyRequest): boolean {
  const { host, origin } = headers;
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}

/**
 * `POST /embed/session` makes a session of a framed room for whoever has a token of the site, sent as a bearer token, and
 * answers with the account; `DELETE` ends it.
 */
export function frameSessionRoutes(app: FastifyInstance, options: FrameSessionRouteOptions): void {
  const { failed, peerOf, sessions, verifyToken } = options;

  app.post('/embed/session', async (request, reply): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store');
    if (!fromOurselves(request)) return reply.code(403).send({ error: 'Only a framed room may ask.' });
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/.exec(request.headers.authorization ?? '') ?? [];
    const peer = peerOf(request.raw, 'bosh');
    const verdict = token === undefined ? undefined : await verifyToken(token, peer);
    if (verdict?.verdict !== 'accepted') {
      if (verdict?.verdict === 'refused' && verdict.reason === 'not-authorized') failed(peer);
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'The token is not taken.' });
    }
    const session = await sessions.make(verdict.identity);
    if (session) reply.header('set-cookie', cookie(session.value, session.life));
    return reply.send({ account: verdict.identity.account });
  });

  app.delete('/embed/session', (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!fromOurselves(request)) return reply.code(403).send({ error: 'Only a framed room may ask.' });
    return reply.header('set-cookie', cookie('', 0)).code(204).send();
  });
}
