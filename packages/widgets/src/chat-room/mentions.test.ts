import { expect, test } from 'vitest';
import { MARKED_AT_MOST, mentionsOf } from './mentions.js';

test.each([
  ['Mira', 'Mira: look', true],
  ['Mira', 'thanks @mira!', true],
  ['Mira', 'MIRA?', true],
  ['Mira', '(Mira)', true],
  ['Mira', 'a miracle', false],
  ['Mira', 'admira', false],
  ['Mira', 'Mira_2 is another', false],
  ['Mira', 'Mirá', false],
  ['Mira Holm', 'ask @Mira Holm about it', true],
  ['José', 'jose\u0301 knows', true],
  ['Łukasz', 'hej ŁUKASZ', true],
  ['ليلى', 'مرحبا ليلى', true],
  ['美咲', '@美咲さん、ありがとう', true],
  ['a', 'a cat', false],
  ['a', '@a hello', true],
  ['(.*)+$', 'anything at all', false],
  ['(.*)+$', 'hey (.*)+$ there', true],
  ['[a-z]', 'x', false],
])('%s in "%s": %s', (nick, text, named) => {
  expect(mentionsOf(nick).in(text)).toBe(named);
});

test('nobody is named before there is a name', () => {
  expect(mentionsOf(undefined).in('undefined')).toBe(false);
  expect(mentionsOf('  ').in('a  b')).toBe(false);
});

test('says where, the sign included, and not without end', () => {
  const mentions = mentionsOf('Mira');
  expect(mentions.spans('so @Mira and mira')).toEqual([
    [3, 8],
    [13, 17],
  ]);
  expect(mentions.spans('Mira '.repeat(MARKED_AT_MOST + 1))).toHaveLength(MARKED_AT_MOST);
});
