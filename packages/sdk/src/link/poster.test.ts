import { expect, test } from 'vitest';
import type { FetchLike } from '../platform.js';
import { FakePlatform } from '../session/testing/fake-platform.js';
import { idle } from '../session/testing/world.js';
import { MAX_TRIES, Poster } from './poster.js';

const { signal } = new AbortController();

function posterOf(
  fetch: FetchLike,
  cookies = false,
): { readonly platform: FakePlatform; readonly poster: Poster } {
  const platform = new FakePlatform();
  platform.fetch = fetch;
  return { platform, poster: new Poster(platform, 'https://chat.example/', cookies) };
}

test.each([
  [200, { ok: true, value: 'text' }, 1],
  [403, { ok: false, error: 'HTTP 403' }, 1],
  [404, { ok: false, error: 'no BOSH at this URL' }, 1],
  [429, { ok: false, error: 'HTTP 429' }, MAX_TRIES],
  [503, { ok: false, error: 'HTTP 503' }, MAX_TRIES],
])('HTTP %i', async (status, result, tries) => {
  let asked = 0;
  const { platform, poster } = posterOf(async () => {
    asked++;
    return { status, text: async () => 'text' };
  });
  const reply = poster.post('<body/>', { timeout: 1_000, tries: MAX_TRIES, signal });
  for (let turn = 0; turn < MAX_TRIES; turn++) {
    await idle();
    platform.clock.advance(4_000);
  }
  expect([await reply, asked, platform.clock.pending]).toEqual([result, tries, 0]);
});

test('given up while it pauses, it ends at once', async () => {
  const abort = new AbortController();
  const { platform, poster } = posterOf(() => Promise.reject(new TypeError('network')));
  const reply = poster.post('<body/>', { timeout: 1_000, tries: MAX_TRIES, signal: abort.signal });
  await idle();
  abort.abort();
  expect(await reply).toMatchObject({ ok: false });
  expect(platform.clock.pending).toBe(0);
});

test.each([
  [true, 'include'],
  [false, undefined],
] as const)('whether cookies go along to another origin is said: %s', async (cookies, credentials) => {
  const asked: unknown[] = [];
  const { poster } = posterOf(async (_, init) => {
    asked.push(init.credentials);
    return { status: 200, text: async () => '' };
  }, cookies);
  await poster.post('<body/>', { timeout: 1_000, tries: 1, signal });
  expect(asked).toEqual([credentials]);
});
