import { describe, expect, test } from 'vitest';
import {
  accountOf,
  bareOf,
  domainOf,
  isBare,
  isDomain,
  isFull,
  localOf,
  parseBareJid,
  parseDomainJid,
  parseFullJid,
  parseJid,
  resourceOf,
  withResource,
} from './jid.js';

describe('parseJid', () => {
  test.each([
    ['juliet@example.com', 'juliet@example.com'],
    ['juliet@example.com/foo', 'juliet@example.com/foo'],
    ['juliet@example.com/foo bar', 'juliet@example.com/foo bar'],
    ['juliet@example.com/foo@bar', 'juliet@example.com/foo@bar'],
    ['a.example.com/b@example.net', 'a.example.com/b@example.net'],
    ['foo\\20bar@example.com', 'foo\\20bar@example.com'],
    ['fussball@example.com', 'fussball@example.com'],
    ['fußball@example.com', 'fußball@example.com'],
    ['π@example.com', 'π@example.com'],
    ['Σ@example.com/foo', 'σ@example.com/foo'],
    ['king@example.com/♚', 'king@example.com/♚'],
    ['example.com', 'example.com'],
    ['example.com/foobar', 'example.com/foobar'],
    ['Juliet@EXAMPLE.com./Chamber', 'juliet@example.com/Chamber'],
    ['ｊｕｌｉｅｔ@example.com', 'juliet@example.com'],
    ['user@[::1]/a', 'user@[::1]/a'],
    ['user@bücher.example', 'user@bücher.example'],
    ['a@b/x/y', 'a@b/x/y'],
    // The two spellings of é are one address.
    ['e\u0301@example.com/e\u0301', 'é@example.com/é'],
    ['a@b/no\u00a0break', 'a@b/no break'],
  ])('%s is %s', (raw, prepared) => {
    expect(parseJid(raw)).toBe(prepared);
  });

  // The first ten are from the table of invalid addresses in RFC 7622 section 3.5.
  test.each([
    '"juliet"@example.com',
    'foo bar@example.com',
    '@example.com/',
    'henryⅣ@example.com',
    '♚@example.com',
    'juliet@',
    '/foobar',
    'juliet@example.com/',
    '',
    '@',
    'a@b@c',
    'a@b/\u0000',
    'a@b/\u202e\ud800',
    'a@b/line\nbreak',
    'a&b@example.com',
    'a@exa mple.com',
    'a@-example.com',
    'a@example..com',
    'a@[zz]',
  ])('%j is refused', (raw) => {
    expect(parseJid(raw)).toBeUndefined();
  });

  test('a part may have 1,023 bytes and not one more', () => {
    expect(parseJid(`${'a'.repeat(1023)}@b`)).toBeDefined();
    expect(parseJid(`${'a'.repeat(1024)}@b`)).toBeUndefined();
    // 341 times three bytes.
    expect(parseJid(`a@b/${'♚'.repeat(341)}`)).toBeDefined();
    expect(parseJid(`a@b/${'♚'.repeat(341)}a`)).toBeUndefined();
  });

  test('preparing again changes nothing', () => {
    for (const raw of ['Σ@example.com/Foo', 'ＡＢ@ÉXAMPLE.com/e\u0301']) {
      const once = parseJid(raw);
      expect(once).toBeDefined();
      expect(parseJid(String(once))).toBe(once);
    }
  });
});

test('the kinds of address are told apart', () => {
  expect([parseDomainJid('a.b'), parseDomainJid('x@a.b'), parseDomainJid('a.b/r')]).toEqual([
    'a.b',
    undefined,
    undefined,
  ]);
  expect([parseBareJid('x@a.b'), parseBareJid('a.b'), parseBareJid('x@a.b/r')]).toEqual([
    'x@a.b',
    undefined,
    undefined,
  ]);
  expect([parseFullJid('x@a.b/r'), parseFullJid('a.b/r'), parseFullJid('x@a.b')]).toEqual([
    'x@a.b/r',
    'a.b/r',
    undefined,
  ]);
});

test('the parts of an address', () => {
  const full = parseFullJid('x@a.b/r@s/t');
  const domainResource = parseFullJid('a.b/r');
  const domain = parseDomainJid('a.b');
  if (!full || !domainResource || !domain) throw new Error('these parse');
  expect([localOf(full), domainOf(full), resourceOf(full), bareOf(full), accountOf(full)]).toEqual([
    'x',
    'a.b',
    'r@s/t',
    'x@a.b',
    'x@a.b',
  ]);
  expect([localOf(domainResource), bareOf(domainResource), accountOf(domainResource)]).toEqual([
    undefined,
    'a.b',
    undefined,
  ]);
  expect([isFull(full), isBare(bareOf(full)), isDomain(domain), isBare(domain)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(withResource(bareOf(full), 'n')).toBe('x@a.b/n');
  expect(withResource(bareOf(full), '')).toBeUndefined();
});
