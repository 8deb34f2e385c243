import { expect, test } from 'vitest';
import { avatarOf, encodeAvatar, MAX_AVATAR_URL, readAvatar } from './avatar-url.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const URL = 'https://shop.example/mira.png?s=72';

test('what was written is read', () => {
  expect(avatarOf(el('presence', NS.client, {}, encodeAvatar(URL)))).toBe(URL);
  expect(avatarOf(el('presence', NS.client))).toBeUndefined();
});

test.each([
  'http://shop.example/mira.png',
  'javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
  'blob:https://shop.example/1',
  '//shop.example/mira.png',
  ' https://shop.example/mira.png',
  'https://',
  'https:// x',
  '',
  7,
  undefined,
])('%j is no picture', (url) => {
  expect(readAvatar(url)).toBeUndefined();
});

test('an address may be so long and no longer', () => {
  const url = `https://a/${'x'.repeat(MAX_AVATAR_URL - 10)}`;
  expect(readAvatar(url)).toBe(url);
  expect(readAvatar(`${url}x`)).toBeUndefined();
});
