import { expect, test } from 'vitest';
import { sitePasswordSettings, siteSessionSettings } from './settings.js';

test('nobody is asked until it is said where', () => {
  const [session, password] = [siteSessionSettings.parse({}), sitePasswordSettings.parse({})];
  expect([session.url, password.url, session.cookies]).toEqual([undefined, undefined, []]);
});

test.each([
  [{ url: 'https://shop.example/chat-user' }, true],
  [{ url: 'http://127.0.0.1:8080/index.php?rest_route=/meerkat/v1/password' }, true],
  [{ url: 'ftp://shop.example/' }, false],
  [{ url: 'shop.example' }, false],
  [{ secret: 'x'.repeat(16) }, true],
  [{ secret: 'x'.repeat(15) }, false],
  [{ secret: 'sixteen letters x' }, false],
  [{ timeout: 100 }, true],
  [{ timeout: 99 }, false],
  [{ atOnce: 0 }, false],
])('%j is a way to ask: %s', (settings, good) => {
  expect(siteSessionSettings.safeParse(settings).success).toBe(good);
  expect(sitePasswordSettings.safeParse(settings).success).toBe(good);
});

test.each([
  ['session', true],
  ['wordpress_logged_in_*', true],
  ['a b', false],
  ['a=b', false],
  ['', false],
])('a cookie may be called %j: %s', (name, good) => {
  expect(siteSessionSettings.safeParse({ cookies: [name] }).success).toBe(good);
});

test('a sign-in by password lasts a minute at least', () => {
  expect([60_000, 59_999].map((lasts) => sitePasswordSettings.safeParse({ lasts }).success)).toEqual([
    true,
    false,
  ]);
});
