import { describe, expect, test } from 'vitest';
import { nickProblem, skeleton } from './nick.js';

describe('what a nick looks like', () => {
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

describe('nicks that nobody can have', () => {
  test.each(['\u200b', '\u3164', 'x\u202ey', 'x\u2066y'])('%j', (nick) => {
    expect(nickProblem(nick, 100)?.condition).toBe('not-acceptable');
  });

  test.each(['Ann', '👩‍👩‍👧', 'نور', '小明'])('%s is fine', (nick) =>
    expect(nickProblem(nick, 100)).toBeUndefined(),
  );

  test('one byte past the bound', () => {
    expect(nickProblem('éé', 4)).toBeUndefined();
    expect(nickProblem('ééx', 4)?.condition).toBe('not-acceptable');
  });
});
