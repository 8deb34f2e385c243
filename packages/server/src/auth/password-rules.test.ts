import { parseBareJid } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { judgePassword, passwordSettings } from './password-rules.js';

const account = parseBareJid('mercutio@localhost') ?? expect.unreachable();
const settings = passwordSettings.parse({});
const judge = (password: string, more: object = {}) =>
  judgePassword(account, password, { ...settings, ...more });

describe('a password that may be had', () => {
  test.each([
    ['of the least length', 'Zq7$zq7$', 'Zq7$zq7$'],
    ['of the greatest length', 'ab'.repeat(64), 'ab'.repeat(64)],
    ['of words with spaces', 'correct horse battery', 'correct horse battery'],
    ['with another space', 'correct\u00a0horse', 'correct horse'],
    ['with letters that are put together', 'cafe\u0301 cafe\u0301', 'café café'],
    ['of eight characters that take two units each', '🦦'.repeat(8), '🦦'.repeat(8)],
    ['of capitals, which stay', 'QWERTZ-Mercutio', 'QWERTZ-Mercutio'],
  ])('%s', (_, password, prepared) => {
    expect(judge(password)).toEqual({ fine: true, prepared });
  });

  test('a common one, where that is allowed, and a short one', () => {
    expect(judge('password', { refuseCommon: false }).fine).toBe(true);
    expect(judge('xyz', { minLength: 3 }).fine).toBe(true);
  });
});

describe('a password is refused in one sentence', () => {
  test.each([
    ['nothing', '', 'a password has at least 8 characters'],
    ['one character too short', 'Zq7$zq7', 'a password has at least 8 characters'],
    ['seven that take two units each', '🦦'.repeat(7), 'a password has at least 8 characters'],
    ['one character too long', `${'ab'.repeat(64)}c`, 'a password has at most 128 characters'],
    ['one that is far too long', 'x'.repeat(1_000_000), 'a password has at most 128 characters'],
    ['a control', 'Zq7$zq7$\u0007', 'a password has no control characters, and none that cannot be seen'],
    ['a line end', 'Zq7$zq7$\n', 'a password has no control characters, and none that cannot be seen'],
    ['a soft hyphen', 'Zq7$\u00adzq7$', 'a password has no control characters, and none that cannot be seen'],
    [
      'a sign that turns text round',
      'Zq7$zq7\u202e',
      'a password has no control characters, and none that cannot be seen',
    ],
    [
      'an unassigned one',
      'Zq7$zq7\u0378',
      'a password has no control characters, and none that cannot be seen',
    ],
    [
      'half of a character',
      'Zq7$zq7\ud83e',
      'a password has no control characters, and none that cannot be seen',
    ],
    ['old Hangul', 'Zq7$zq7\u1100', 'a password has no control characters, and none that cannot be seen'],
    [
      'a ligature',
      'Zq7$zq7\ufb01',
      'this password has a character that not all programs read alike; choose another',
    ],
    [
      'a wide letter',
      'Zq7$zq7\uff21',
      'this password has a character that not all programs read alike; choose another',
    ],
    ['the name', 'mercutio', 'a password is not the name of its account'],
    ['the name in capitals', 'MERCUTIO', 'a password is not the name of its account'],
    ['the address', 'mercutio@localhost', 'a password is not the name of its account'],
    ['a common one', 'password1', 'this password is one of those that are tried first; choose another'],
    [
      'a common one in capitals',
      'PassWord1',
      'this password is one of those that are tried first; choose another',
    ],
  ])('%s', (_, password, problem) => {
    expect(judge(password)).toEqual({ fine: false, problem });
  });
});

test('the common ones are each once, and in lower case', () => {
  expect(new Set(COMMON_PASSWORDS).size).toBe(COMMON_PASSWORDS.length);
  expect(COMMON_PASSWORDS.every((word) => word === word.toLowerCase())).toBe(true);
  expect(COMMON_PASSWORDS.length).toBeGreaterThan(300);
});
