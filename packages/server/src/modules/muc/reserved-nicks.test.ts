import { expect, test } from 'vitest';
import { isPattern, ReservedNicks } from './reserved-nicks.js';
import { mucSettings } from './settings.js';

const byDefault = new ReservedNicks(mucSettings.parse({}).reservedNicks);

test.each([
  'admin',
  'ADMIN',
  'Аdmin',
  'аdmіn',
  'Αdmin',
  'a\u200bdmin',
  'Ad\u00admin',
  'ａｄｍｉｎ',
  'Ádmin',
  '~ admin ~',
  '[Admin]',
  'Admin 2',
  'adm1n',
  'adrnin',
  'Administrator',
  'Site Admin',
  'Moderator Anna',
  'rnoderator',
  'M o d',
  'Support-Team',
  'Customer Support',
  '0wner',
  'Ѕystem',
  'Meerkat ✔',
])('%j is reserved', (nick) => expect(byDefault.has(nick)).toBe(true));

test.each([
  'Adam',
  'Mira',
  'badminton',
  'Modesto',
  'Robot',
  'Ally',
  'guest1234',
  'Staffan',
  '小明',
  '🦦',
  '42',
])('%j is not', (nick) => expect(byDefault.has(nick)).toBe(false));

test('patterns are whole words, or parts of one', () => {
  const has = (pattern: string, nick: string) => new ReservedNicks([pattern]).has(nick);
  expect([has('bank', 'bank'), has('bank', 'banker'), has('bank', 'my bank')]).toEqual([true, false, false]);
  expect([has('bank*', 'banker'), has('bank*', 'my bank')]).toEqual([true, false]);
  expect([has('*bank', 'banker'), has('*bank', 'my bank')]).toEqual([false, true]);
  expect([has('*bank*', 'my banker'), has('*bank*', 'band')]).toEqual([true, false]);
  expect(new ReservedNicks([]).has('admin')).toBe(false);
});

test.each([
  ['admin', true],
  ['*admin*', true],
  ['a*n', false],
  ['*', false],
  ['', false],
  ['42', false],
])('pattern %j: %s', (pattern, good) => expect(isPattern(pattern)).toBe(good));
