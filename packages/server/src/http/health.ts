import type { Clock, Millis } from '@meerkat-chat/xmpp';
import type { FastifyInstance } from 'fastify';

/** How long an answer of the storage stands, so that whoever asks all the time writes nothing more. */
const CHECK_LIFE: Millis = 5000;

/** What the health page needs to know. */
export interface HealthOptions {
  readonly version: string;
  readonly clock: Clock;
  /** Rejects when the storage cannot be written. */
  readonly checkStorage: () => Promise<void>;
}

/** `/healthz` for whoever watches the server: 200 when all is well, 503 when not. */
export function healthRoute(app: FastifyInstance, options: HealthOptions): void {
  const { version, clock, checkStorage } = options;
  const started = clock.monotonic();
  let checked: { readonly at: Millis; readonly writable: Promise<boolean> } | undefined;

  app.get('/healthz', async (_, reply) => {
    const now = clock.monotonic();
    if (!checked || now - checked.at >= CHECK_LIFE) {
      const writable = checkStorage().then(
        () => true,
        () => false,
      );
      checked = { at: now, writable };
    }
    const writable = await checked.writable;
    return reply
      .code(writable ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        ok: writable,
        version,
        uptime: Math.floor((now - started) / 1000),
        storage: writable ? 'writable' : 'failing',
      });
  });
}
