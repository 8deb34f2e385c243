import { expect, test } from 'vitest';
import { escapeLocal, unescapeLocal } from './jid-escape.js';

test.each([
  ['space cadet', 'space\\20cadet'],
  ['call me "ishmael"', 'call\\20me\\20\\22ishmael\\22'],
  ['at&t guy', 'at\\26t\\20guy'],
  ["d'artagnan", 'd\\27artagnan'],
  ['/.fanboy', '\\2f.fanboy'],
  ['::foo::', '\\3a\\3afoo\\3a\\3a'],
  ['<foo>', '\\3cfoo\\3e'],
  ['user@host', 'user\\40host'],
  ['c:\\net', 'c\\3a\\net'],
  ['c:\\cool stuff', 'c\\3a\\cool\\20stuff'],
  ['c:\\5commas', 'c\\3a\\5c5commas'],
])('%j is %j', (name, local) => {
  expect(escapeLocal(name)).toBe(local);
  expect(unescapeLocal(local)).toBe(name);
});

test('a name is lowered, so that two spellings are one account', () => {
  expect(escapeLocal('Jan Kowalski')).toBe('jan\\20kowalski');
});

test.each(['', ' a', 'a ', 'x'.repeat(1024), 'a\u0000b'])('%j is no name', (name) => {
  expect(escapeLocal(name)).toBeUndefined();
});
