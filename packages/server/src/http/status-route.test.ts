import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ShownStatus } from '../kernel/hooks.js';
import { statusRoutes } from './status-route.js';

const ID = 'k7QwT0yZr4mB1xUe9aPL3dHs';
const UNKNOWN = 'aaaaaaaaaaaaaaaaaaaaaaaa';

let app: FastifyInstance;
let shown: ShownStatus | undefined;
let asked: string[] = [];

beforeEach(() => {
  shown = { status: 'away', since: 1_700_000_000_000 };
  asked = [];
  app = fastify();
  statusRoutes(app, {
    shown(id) {
      asked.push(id);
      return id === ID ? shown : undefined;
    },
  });
});
afterEach(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const URLS = (id: string) => [`/status/${id}.json`, `/status/${id}.svg`, `/embed/badge/${id}`] as const;

test('the status as JSON', async () => {
  const answer = await get(`/status/${ID}.json`);
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'away', since: 1_700_000_000_000 }]);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
});

test('the status as a picture', async () => {
  const answer = await get(`/status/${ID}.svg`);
  expect(answer.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
  expect(answer.body).toContain('<title id="t">Away</title>');
  expect(answer.rawPayload.length).toBeLessThanOrEqual(1024);
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-\S+'; sandbox$/,
  );
});

test('the status as a page for frames, in the colours that are asked for', async () => {
  const answer = await get(`/embed/badge/${ID}`);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body).toContain('<p class="away">');
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none';/);
  expect(answer.headers['cross-origin-embedder-policy']).toBe('credentialless');
  for (const [query, theme] of [
    ['', 'auto'],
    ['?theme=dark', 'dark'],
    ['?theme=light', 'light'],
    ['?theme=%22%3E', 'auto'],
  ]) {
    expect((await get(`/embed/badge/${ID}${query}`)).body).toContain(`data-theme="${theme}"`);
  }
});

test('in the language of the address, else of the reader, and in a font of the reader', async () => {
  const french = { 'accept-language': 'fr-CA, en;q=0.5' };
  const page = await get(`/embed/badge/${ID}?font=serif`, french);
  expect(page.body).toContain('<html lang="fr" dir="ltr"');
  expect(page.body).toContain('<span class="away">Absent</span>');
  expect(page.body).toContain('font:13px/16px ui-serif,Georgia,serif');
  expect(page.headers.vary).toBe('accept-language');
  const arabic = await get(`/embed/badge/${ID}?lang=ar`, french);
  expect(arabic.body).toContain('<html lang="ar" dir="rtl"');
  expect(arabic.headers.etag).not.toBe(page.headers.etag);
  const picture = await get(`/status/${ID}.svg?lang=ja`, french);
  expect(picture.body).toContain('<title id="t">離席中</title>');
  expect(picture.headers.vary).toBe('accept-language');
});

describe.each(URLS(ID))('%s', (url) => {
  test('may be read from anywhere and kept for 15 seconds', async () => {
    expect((await get(url)).headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=15',
      etag: expect.stringMatching(/^"[^"]+"$/),
    });
  });

  test('is not sent again to who has it, and is when it has changed', async () => {
    const { etag = '' } = (await get(url)).headers;
    const again = await get(url, { 'if-none-match': String(etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(again.headers).toMatchObject({
      etag,
      'cache-control': 'public, max-age=15',
      'access-control-allow-origin': '*',
    });
    shown = { status: 'dnd', since: 1_700_000_001_000 };
    const changed = await get(url, { 'if-none-match': String(etag) });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  test('answers HEAD without a body', async () => {
    const head = await app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(head.headers.etag).toBe((await get(url)).headers.etag);
  });
});

test('the same status since another time is another JSON', async () => {
  const before = (await get(`/status/${ID}.json`)).headers.etag;
  shown = { status: 'away', since: 1_700_000_000_001 };
  expect((await get(`/status/${ID}.json`)).headers.etag).not.toBe(before);
});

test('ids that are unknown, withdrawn or malformed are answered alike', async () => {
  const told = async (id: string) =>
    Promise.all(
      URLS(id).map(async (url) => {
        const { statusCode, headers, body } = await get(url);
        const { date, ...rest } = headers;
        return { statusCode, headers: rest, body };
      }),
    );
  const unknown = await told(UNKNOWN);
  expect(unknown.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(unknown[0]?.body).toBe('{"status":"unknown"}');
  expect(unknown[1]?.body).toContain('<title id="t">Unknown</title>');
  shown = undefined;
  for (const id of [ID, 'a', 'x'.repeat(2000), '..%2f', '%3Cscript%3E', 'a.json', '__proto__']) {
    expect(await told(id)).toEqual(unknown);
  }
  // What cannot be an id is not even looked up.
  expect(new Set(asked)).toEqual(new Set([UNKNOWN, ID]));
});

test.each([
  '/status/',
  `/status/${ID}`,
  `/status/${ID}.png`,
  `/status/a/${ID}.json`,
  '/status/.json',
  '/embed/badge/',
])('%s is no address of a status', async (url) => {
  expect((await get(url)).statusCode).toBe(404);
});
