import type { FastifyInstance } from 'fastify';
import type { Reading } from '../metrics/figures.js';
import { judgeReader } from './metrics-reader.js';

/** What the page of metrics is made of. */
export interface MetricsRouteOptions {
  /** Opens it to other machines; undefined keeps it to this one. */
  readonly token: string | undefined;
  read(): Reading;
}

/** `/metrics`, in the text of Prometheus. Nothing of it is kept or computed until somebody asks. */
export function metricsRoute(app: FastifyInstance, options: MetricsRouteOptions): void {
  // Loaded with the first reading: whoever does not measure does without its memory.
  let loaded: Promise<{ readonly type: string; text(reading: Reading): Promise<string> }> | undefined;
  const load = async () => {
    const { CONTENT_TYPE, Exposition } = await import('../metrics/exposition.js');
    const exposition = new Exposition();
    return { type: CONTENT_TYPE, text: (reading: Reading) => exposition.text(reading) };
  };

  app.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const problem = judgeReader(request.raw, options.token);
    if (problem !== undefined) {
      return reply.code(403).type('text/plain; charset=utf-8').send(`${problem}\n`);
    }
    loaded ??= load();
    const { text, type } = await loaded;
    return reply.type(type).send(await text(options.read()));
  });
}
