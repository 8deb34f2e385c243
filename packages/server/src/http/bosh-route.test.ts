import { formatBoshBody } from '@meerkat-chat/xmpp';
import fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { type Logger, silentLogger } from '../kernel/logger.js';
import { createPeerReader } from '../link/peer.js';
import { BoshScene, said } from '../testing/bosh-scene.js';
import { registerBosh } from './bosh-route.js';

/** What the owner is told. */
let foreign: object[] = [];
const apps: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

const FRAME_BYTES = 4096;
const TERMS = { to: 'localhost', ver: '1.11', wait: 60, hold: 1 };
const FIRST = formatBoshBody({ rid: 1, ...TERMS });

async function site(origins?: readonly string[]) {
  const scene = new BoshScene();
  const app = fastify();
  apps.push(app);
  foreign = [];
  const log: Logger = { ...silentLogger, info: (fields) => void foreign.push(fields) };
  registerBosh(app, scene.manager, { peerOf: createPeerReader([]), origins, frameBytes: FRAME_BYTES, log });
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/http-bind',
      payload,
      headers: { 'content-type': 'text/xml', ...headers },
    });
  return { app, post, scene };
}

test('a body is answered by a body, whole and of a known length', async () => {
  const { post, scene } = await site();
  const { body, headers, statusCode } = await post(FIRST);
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
  expect(headers['transfer-encoding']).toBeUndefined();
  expect(body).toMatch(/^<body .*<stream:features/);
  expect(scene.stream.link.peer).toMatchObject({ address: '127.0.0.1', secure: true, origin: undefined });
});

test.each(['text/xml; charset=utf-8', 'application/xml', 'text/plain', 'application/x-www-form-urlencoded'])(
  'whatever it calls itself: %s',
  async (type) => {
    const { post } = await site();
    expect((await post(FIRST, { 'content-type': type })).body).toContain('<stream:features');
  },
);

test('a request is held until there is something to say', async () => {
  const { post, scene } = await site();
  scene.sid = /sid="([^"]+)"/.exec((await post(FIRST)).body)?.[1] ?? '';
  const held = post(formatBoshBody({ sid: scene.sid, rid: 2 }));
  // A request goes through the hooks of the HTTP server first; what the stream says before is not lost either.
  await scene.says(said('news'));
  expect((await held).body).toContain(said('news'));
});

test('pages of any origin may ask, also when they are refused', async () => {
  const { post } = await site();
  const origin = 'https://a.example';
  for (const payload of [FIRST, 'nonsense', ' '.repeat(2 * FRAME_BYTES + 1025)]) {
    const { headers, statusCode } = await post(payload, { origin });
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([200, '*']);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  }
});

test('with a list of origins only those may ask, with their cookies', async () => {
  const { post, scene } = await site(['https://a.example']);
  const good = await post(FIRST, { origin: 'https://a.example' });
  expect(good.headers).toMatchObject({
    'access-control-allow-origin': 'https://a.example',
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
  });
  for (const origin of ['https://b.example', 'https://a.example.b.example', 'null']) {
    const bad = await post(FIRST, { origin });
    expect([bad.statusCode, bad.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  }
  // Its owner may have forgotten one of them.
  expect(foreign).toEqual([
    { origin: 'https://b.example' },
    { origin: 'https://a.example.b.example' },
    { origin: 'null' },
  ]);
  expect(scene.manager.size).toBe(1);
  expect((await post(FIRST)).statusCode).toBe(200);
});

test('a browser may ask whether it may ask', async () => {
  const { app } = await site();
  const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
  const {
    body,
    headers: got,
    statusCode,
  } = await app.inject({ method: 'OPTIONS', url: '/http-bind', headers });
  expect([statusCode, body]).toEqual([204, '']);
  expect(got).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'Content-Type',
    'access-control-max-age': '86400',
  });
});

test('a body at the bound is read, one past it is not', async () => {
  const { post } = await site();
  const refusal =
    '<body xmlns="http://jabber.org/protocol/httpbind" type="terminate" condition="policy-violation"></body>';
  const most = 2 * FRAME_BYTES + 1024;
  expect((await post(FIRST.padEnd(most))).body).toContain('<stream:features');
  expect((await post(FIRST.padEnd(most + 1))).body).toBe(refusal);
});

test('no body at all is a bad request', async () => {
  const { app } = await site();
  const { body, statusCode } = await app.inject({ method: 'POST', url: '/http-bind' });
  expect([statusCode, body]).toEqual([200, expect.stringContaining('condition="bad-request"')]);
});

test('other parts of the server keep their own parsers', async () => {
  const { app } = await site();
  app.post('/json', async (request) => request.body);
  expect((await app.inject({ method: 'POST', url: '/json', payload: { a: 1 } })).json()).toEqual({ a: 1 });
});
