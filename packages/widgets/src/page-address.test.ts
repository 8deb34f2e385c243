import { expect, test } from 'vitest';
import { pagePath } from './page-address.js';

test.each([
  ['its own address', 'https://news.example:8443/a/?q=1#b', undefined, 'news.example:8443/a'],
  ['a canonical one', 'https://news.example/amp/a', '/a/', 'news.example/a'],
  ['none of another host', 'https://news.example/a', 'https://other.example/b', 'news.example/a'],
])('a page is known by %s', (_, href, canonical, known) => {
  const { host, path } = pagePath({ href, canonical });
  expect(host + path).toBe(known);
});

test('a page without an address is not known', () => {
  expect(() => pagePath({ href: 'about:blank' })).toThrow(RangeError);
});
