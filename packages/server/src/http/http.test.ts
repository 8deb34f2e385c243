import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../kernel/logger.js';
import { createHttpApp, type HttpAppOptions } from './app.js';

let folder = '';
let clock: FakeClock;
const apps: FastifyInstance[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meerkat-web-'));
  clock = new FakeClock();
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(more: Partial<HttpAppOptions> = {}): Promise<FastifyInstance> {
  const domain = parseDomainJid('chat.example');
  if (domain === undefined) throw new Error('that is a domain');
  const app = await createHttpApp({
    domain,
    version: '1.2.3',
    clock,
    checkStorage: async () => {},
    log: silentLogger,
    trustedProxies: [],
    webFolder: folder,
    embedAncestors: [],
    tokenOrigins: [],
    embedConfigs: { read: async () => 'forged' },
    embedSigned: 'optional',
    frameSessions: { read: async () => undefined },
    ...more,
  });
  apps.push(app);
  return app;
}

async function write(name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('nobody holds a connection for long by saying nothing, or too little', async () => {
  const { headersTimeout, requestTimeout } = (await open()).server;
  expect([headersTimeout, requestTimeout]).toEqual([10_000, 30_000]);
});

describe('/healthz', () => {
  test('tells version, uptime and that the storage can be written', async () => {
    const app = await open();
    clock.advance(12_345);
    const answer = await app.inject('/healthz');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ ok: true, version: '1.2.3', uptime: 12, storage: 'writable' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('fails when the storage cannot be written, and asks it once in five seconds', async () => {
    let [asked, full] = [0, true];
    const checkStorage = async () => {
      asked++;
      if (full) throw new Error('disk full');
    };
    const app = await open({ checkStorage });
    const answer = await app.inject('/healthz');
    expect([answer.statusCode, answer.json()]).toMatchObject([503, { ok: false, storage: 'failing' }]);
    full = false;
    clock.advance(4999);
    expect((await app.inject('/healthz')).statusCode).toBe(503);
    clock.advance(1);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect(asked).toBe(2);
  });
});

describe('host-meta (XEP-0156)', () => {
  const forwarded = {
    host: 'inside:5280',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'chat.example',
  };

  test('names both transports, absolute, for pages of any origin', async () => {
    const app = await open();
    const answer = await app.inject({ url: '/.well-known/host-meta', headers: { host: '127.0.0.1:5280' } });
    expect(answer.headers['content-type']).toBe('application/xrd+xml; charset=utf-8');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.body).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n' +
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">' +
        '<Property type="urn:meerkat:domain:0">chat.example</Property>' +
        '<Link rel="urn:xmpp:alt-connections:websocket" href="ws://127.0.0.1:5280/xmpp-websocket"/>' +
        '<Link rel="urn:xmpp:alt-connections:xbosh" href="http://127.0.0.1:5280/http-bind"/></XRD>\n',
    );
  });

  test('says the same in JSON', async () => {
    const app = await open();
    const answer = await app.inject({ url: '/.well-known/host-meta.json', headers: { host: '[::1]:5280' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json()).toEqual({
      properties: { 'urn:meerkat:domain:0': 'chat.example' },
      links: [
        { rel: 'urn:xmpp:alt-connections:websocket', href: 'ws://[::1]:5280/xmpp-websocket' },
        { rel: 'urn:xmpp:alt-connections:xbosh', href: 'http://[::1]:5280/http-bind' },
      ],
    });
  });

  test('believes a trusted proxy', async () => {
    const app = await open({ trustedProxies: ['127.0.0.0/8'] });
    const answer = await app.inject({ url: '/.well-known/host-meta.json', headers: forwarded });
    expect(answer.json().links[0].href).toBe('wss://chat.example/xmpp-websocket');
    expect(answer.json().links[1].href).toBe('https://chat.example/http-bind');
  });

  test('believes nobody else', async () => {
    const app = await open({ trustedProxies: ['192.0.2.1'] });
    const answer = await app.inject({ url: '/.well-known/host-meta.json', headers: forwarded });
    expect(answer.json().links[0].href).toBe('ws://inside:5280/xmpp-websocket');
  });

  test.each(['"><script>', 'a b', 'host/path', 'user@host'])('refuses the host %j', async (host) => {
    const app = await open();
    for (const url of ['/.well-known/host-meta', '/.well-known/host-meta.json']) {
      expect((await app.inject({ url, headers: { host } })).statusCode).toBe(400);
    }
  });
});

describe('files', () => {
  beforeEach(async () => {
    await write('embed/embed.js', 'import "./embed/room-A1b2C3d4.js";');
    await write('embed/embed/room-A1b2C3d4.js', 'room');
    await write('embed/bosh-Z9y8X7.js', 'bosh');
    await write('demo/index.html', '<!doctype html>demo');
    await write('demo/live/index.html', '<!doctype html>live');
    await write('demo/assets/page-A1b2C3d4.css', 'p{}');
    await write('secret.txt', 'secret');
  });

  test('embed.js may be loaded by any page, and is asked for again', async () => {
    const app = await open();
    const answer = await app.inject('/embed.js');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    const etag = String(answer.headers.etag);
    const again = await app.inject({ url: '/embed.js', headers: { 'if-none-match': `W/${etag}, "x"` } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const other = await app.inject({ url: '/embed.js', headers: { 'if-none-match': '"x"' } });
    expect(other.statusCode).toBe(200);
  });

  test.each([
    ['/embed/room-A1b2C3d4.js', 'room'],
    ['/embed/bosh-Z9y8X7.js', 'bosh'],
  ])('%s never changes', async (url, body) => {
    const app = await open();
    const answer = await app.inject(`${url}?v=1`);
    expect(answer.body).toBe(body);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  test('the demo stands at / with a policy of its own', async () => {
    const app = await open();
    const page = await app.inject('/');
    expect(page.body).toBe('<!doctype html>demo');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect((await app.inject('/live/')).body).toBe('<!doctype html>live');
    expect((await app.inject('/assets/page-A1b2C3d4.css')).headers['content-type']).toBe(
      'text/css; charset=utf-8',
    );
  });

  test('Storybook stands at /storybook/ where it was built, and its policy is its own', async () => {
    expect((await (await open()).inject('/storybook/')).statusCode).toBe(404);
    await write('storybook/index.html', '<!doctype html>stories');
    await write('storybook/sb-manager/runtime.js', 'manager');
    const app = await open();
    const page = await app.inject('/storybook/');
    expect([page.statusCode, page.body]).toEqual([200, '<!doctype html>stories']);
    expect(page.headers['content-security-policy']).toContain("script-src 'self' 'unsafe-inline'");
    expect((await app.inject('/')).headers['content-security-policy']).not.toContain('script-src');
    const script = await app.inject('/storybook/sb-manager/runtime.js');
    expect([script.body, script.headers['cache-control']]).toEqual(['manager', 'no-cache']);
  });

  test.each([['/live'], ['/live?v=1']])('%s leads to the page of that folder', async (url) => {
    const answer = await (await open()).inject(url);
    expect([answer.statusCode, answer.headers.location]).toEqual([308, '/live/']);
  });

  test.each([
    '/secret.txt',
    '/../secret.txt',
    '/embed/../secret.txt',
    '/embed/..%2fsecret.txt',
    '/embed/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/embed/..%5csecret.txt',
    '/embed/%00',
    '//secret.txt',
    '/demo/index.html',
  ])('%s is not found', async (url) => {
    const app = await open();
    const answer = await app.inject(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('secret');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

test('a server without a built demo says how to get one', async () => {
  const app = await open({ webFolder: path.join(folder, 'missing') });
  const answer = await app.inject('/');
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('npm run build');
  expect((await app.inject('/embed.js')).statusCode).toBe(404);
});

test('what goes wrong inside is not told outside', async () => {
  const app = await open();
  app.get('/broken', () => {
    throw new Error('the secret reason');
  });
  const answer = await app.inject('/broken');
  expect([answer.statusCode, answer.body]).toEqual([500, 'Internal error.\n']);
});
