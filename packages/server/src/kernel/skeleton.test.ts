import { describe, expect, test } from 'vitest';
import { skeleton, wordsOf } from './skeleton.js';

describe('what a name looks like', () => {
  test.each([
    ['paypal', 'раураӏ'],
    ['admin', 'Admin'],
    ['Admin', 'аdmіn'],
    ['Bob', 'Воb'],
    ['Bob', 'B0b'],
    ['Ιvan', 'lvan'],
    ['Ann', 'A\u00adn\u200dn'],
    ['Ann', ' A n n\ufe0f'],
    ['ﬁn', 'fin'],
  ])('%s and %s are the same', (one, other) => expect(skeleton(one)).toBe(skeleton(other)));

  test.each([
    ['Ann', 'Anna'],
    ['Jose', 'José'],
    ['小明', '小红'],
    ['🦦', '🦡'],
    ['guest-2', 'guest-3'],
  ])('%s and %s are not', (one, other) => expect(skeleton(one)).not.toBe(skeleton(other)));
});

describe('the words that a name may be read as', () => {
  test.each([
    ['admin', 'ADMIN'],
    ['admin', 'Аdmin'],
    ['admin', 'α d m í n'],
    ['admin', 'a\u200bd\u00admin'],
    ['admin', '~ [Admin] ~ 2'],
    ['admin', '42admin'],
    ['admin', 'ａｄｍｉｎ'],
    ['admin', '𝐚𝐝𝐦𝐢𝐧'],
    ['admin', '⭐Ad.min⭐'],
    ['admin', 'adm1n'],
    ['admin', 'adrnin'],
    ['moderator', 'm0deratοr'],
    ['owner', '0wner'],
    ['email', 'emai1'],
    ['support', 'Ѕupp0rt'],
  ])('%s: %s', (word, name) => expect(wordsOf(name)).toContain(wordsOf(word)[0]));

  test.each([
    ['admin', 'Adam'],
    ['mod', 'Modesto'],
    ['admin', 'badminton'],
  ])('not %s: %s', (word, name) => expect(wordsOf(name)).not.toContain(wordsOf(word)[0]));

  test.each(['', '2', '⭐', '. . .'])('%j has none', (name) => expect(wordsOf(name)).toEqual([]));
});
