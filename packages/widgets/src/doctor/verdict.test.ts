import { expect, test } from 'vitest';
import { bad, type Finding, good, limited } from './finding.js';
import { mayFrame, mayGiveTokens, reportOf, verdictOf } from './verdict.js';

const verdict = (findings: Readonly<Record<string, Finding>>) => verdictOf(new Map(Object.entries(findings)));

test('a chat needs a way to its server, by either of two, and a page that may frame it', () => {
  const fine = { ancestors: good(), websocket: good(), bosh: good() };
  expect(verdict(fine)).toBe('good');
  expect(verdict({ ...fine, websocket: bad() })).toBe('limited');
  expect(verdict({ ...fine, bosh: bad() })).toBe('limited');
  expect(verdict({ ...fine, websocket: bad(), bosh: bad() })).toBe('bad');
  expect(verdict({ ...fine, ancestors: bad() })).toBe('bad');
  expect(verdict({ ...fine, cookies: bad() })).toBe('limited');
  expect(verdict({ ...fine, loader: limited(), frame: limited(), referrer: limited() })).toBe('good');
});

test('who may frame it is compared with the setting', () => {
  expect(mayFrame('https://a', [])).toEqual(good('*'));
  expect(mayFrame('https://a', ['https://a'])).toEqual(good('https://a'));
  expect(mayFrame('https://b', ['https://a'])).toEqual(bad('https://b'));
  expect(mayFrame(undefined, ['https://a'])).toEqual(limited());
  expect(mayGiveTokens('https://a', ['https://a'])).toEqual(good('https://a'));
  expect(mayGiveTokens('https://a', [])).toEqual(limited('https://a'));
});

test('the report says what to change where there is something', () => {
  const rows = [
    { name: 'WebSocket', state: 'Works', detail: '12 ms', advice: '' },
    { name: 'Storage', state: 'Blocked', detail: '', advice: 'Do this.' },
  ];
  expect(reportOf('Check', ['https://chat.example'], rows)).toBe(
    'Check\nhttps://chat.example\n\nWorks: WebSocket (12 ms)\nBlocked: Storage\n  Do this.',
  );
});
