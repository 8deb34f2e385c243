import { describe, expect, test } from 'vitest';
import { pageRoom } from './page-room.js';

const room = (href: string, canonical?: string) => pageRoom({ href, canonical });
const article = room('https://news.example/2026/storks-return');

test('a name that a server takes, with something to read at its end', () => {
  expect(article).toMatch(/^page-[a-z0-9]{13}-storks-return$/);
});

test('the names stay what they are: people meet across versions of this library', () => {
  expect(article).toBe('page-3k4bruurc7j5f-storks-return');
  expect(room('https://news.example/')).toBe('page-292t9pghc6jbq-news-example');
});

describe('the same room', () => {
  test.each([
    ['another query', 'https://news.example/2026/storks-return?utm_source=mail&page=2'],
    ['a fragment', 'https://news.example/2026/storks-return#comments'],
    ['http', 'http://news.example/2026/storks-return'],
    ['a slash at the end', 'https://news.example/2026/storks-return/'],
    ['two of them', 'https://news.example/2026/storks-return//'],
    ['the default port of https', 'https://news.example:443/2026/storks-return'],
    ['the default port of http', 'http://news.example:80/2026/storks-return'],
    ['capitals in the host', 'https://News.Example/2026/storks-return'],
    ['escapes that need not be', 'https://news.example/2026/%73torks%2Dreturn'],
    ['dots', 'https://news.example/2026/x/../storks-return'],
    ['a user in the address', 'https://mira:secret@news.example/2026/storks-return'],
  ])('%s', (_, href) => {
    expect(room(href)).toBe(article);
  });

  test.each([
    ['host', 'https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
    ['path', 'https://news.example/straße', 'https://news.example/stra%c3%9fe'],
  ])('a %s in any script, however it is written', (_, one, other) => {
    expect(room(one)).toBe(room(other));
  });
});

describe('another room', () => {
  test.each([
    ['path', 'https://news.example/2026/storks-leave'],
    ['folder above it', 'https://news.example/2026'],
    ['case of the path', 'https://news.example/2026/Storks-return'],
    ['host', 'https://example/2026/storks-return'],
    ['subdomain', 'https://www.news.example/2026/storks-return'],
    ['port', 'https://news.example:8443/2026/storks-return'],
    ['port that is the default of another scheme', 'https://news.example:80/2026/storks-return'],
    ['index.html', 'https://news.example/2026/storks-return/index.html'],
    ['escaped slash', 'https://news.example/2026%2Fstorks-return'],
    ['file', 'file:///2026/storks-return'],
  ])('of another %s', (_, href) => {
    expect(room(href)).not.toBe(article);
  });
});

describe('<link rel="canonical">', () => {
  const page = 'https://news.example/amp/storks?from=mail';
  test.each([
    ['absolute', 'https://news.example/2026/storks-return'],
    ['of the other scheme', 'http://news.example/2026/storks-return'],
    ['relative', '../2026/storks-return?x#y'],
    ['without a scheme', '//news.example/2026/storks-return'],
  ])('counts: %s', (_, canonical) => {
    expect(room(page, canonical)).toBe(article);
  });
  test.each([
    ['another host', 'https://other.example/2026/storks-return'],
    ['another port', 'https://news.example:8443/2026/storks-return'],
    ['no web address', 'javascript:alert(1)'],
    ['a broken one', 'https://'],
    ['an empty one', ''],
  ])('is ignored: %s', (_, canonical) => {
    expect(room(page, canonical)).toBe(room(page));
  });
});

test('bounds: a very long path, one of nothing to read', () => {
  const long = room(`https://news.example/${'very-long-'.repeat(1000)}`);
  expect(long).toMatch(/^page-[a-z0-9]{13}-very-long-very-long-very$/);
  expect(room(`https://news.example/${'very-long-'.repeat(1001)}`)).not.toBe(long);
  expect(room('https://news.example/аист')).toMatch(/^page-[a-z0-9]{13}-news-example$/);
  expect(room('file:///%D0%B0')).toMatch(/^page-[a-z0-9]{13}$/);
});

test.each(['about:blank', 'about:srcdoc', 'data:text/html,hi', 'blob:https://news.example/1234'])(
  '%s has no room',
  (href) => {
    expect(() => room(href)).toThrow(RangeError);
  },
);
