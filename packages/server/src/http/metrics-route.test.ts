import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { SpanCounts } from '../kernel/span-counts.js';
import type { Reading } from '../metrics/figures.js';
import { metricsRoute } from './metrics-route.js';

const TOKEN = 'a-secret-of-some-length';
const spans = new SpanCounts([1]);
const nothing = { message: 0, presence: 0, iq: 0 };
const apps: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

/** A page of metrics, and how often it was read. */
function page(token?: string) {
  const app = fastify();
  apps.push(app);
  let read = 0;
  metricsRoute(app, {
    token,
    read: (): Reading => ({
      version: `1.2.${++read}`,
      counts: {
        router: { received: nothing, refused: nothing, fannedOut: 0, fanOuts: spans },
        streams: { signIns: { failed: 0, succeeded: 0 }, resumptions: { refused: 0, taken: 0 } },
      },
      census: {
        byLink: { websocket: 0, bosh: 0, tcp: 0, memory: 0, none: 0 },
        keptBytes: 0,
        linkBytes: 0,
      },
      stats: {},
      archive: { waitingBytes: 0, commits: spans },
      removed: { rooms: 0, users: 0 },
      process: { cpuSeconds: 0, residentBytes: 0, heapBytes: 0, startedAt: 0 },
      lag: {},
    }),
  });
  return { app, reads: () => read };
}

test('this machine reads it, in the text of Prometheus, as it is at that moment', async () => {
  const { app, reads } = page();
  expect(reads()).toBe(0);
  for (const version of ['1.2.1', '1.2.2']) {
    const answer = await app.inject('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain(`meerkat_info{version="${version}"} 1\n`);
  }
});

test('whoever may not read it is told which setting lets them, and nothing is read', async () => {
  const { app, reads } = page(TOKEN);
  const elsewhere = { url: '/metrics', remoteAddress: '192.0.2.1' };
  for (const request of [
    elsewhere,
    { url: '/metrics', headers: { 'x-forwarded-for': '127.0.0.1' } },
    { ...elsewhere, headers: { authorization: 'Bearer guess' } },
  ]) {
    const answer = await app.inject(request);
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toMatch(/^[^\n]*metrics\.token[^\n]*\n$/);
  }
  expect(reads()).toBe(0);
  const answer = await app.inject({ ...elsewhere, headers: { authorization: `Bearer ${TOKEN}` } });
  expect([answer.statusCode, reads()]).toEqual([200, 1]);
});
