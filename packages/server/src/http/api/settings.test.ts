import { expect, test } from 'vitest';
import { apiSettings } from './settings.js';

const key = (name: string, letter: string, scopes: readonly string[] = ['rooms:read']) => ({
  name,
  key: letter.repeat(32),
  scopes,
});
const fits = (...keys: object[]) => apiSettings.safeParse({ keys }).success;

test('without a word there are no keys', () => {
  expect(apiSettings.parse({})).toMatchObject({ keys: [] });
});

test.each([
  ['several', [key('shop', 's'), key('blog', 'b', ['users:write', 'audit:read'])], true],
  ['two of one name, of which the audit log could tell nothing', [key('shop', 's'), key('shop', 'b')], false],
  ['one key twice, with other rights', [key('shop', 's'), key('blog', 's', ['users:write'])], false],
  ['a short one', [{ ...key('shop', 's'), key: 's'.repeat(31) }], false],
  ['one with a space', [{ ...key('shop', 's'), key: `s ${'s'.repeat(32)}` }], false],
  ['one without rights', [key('shop', 's', [])], false],
  ['one with a right that there is not', [key('shop', 's', ['rooms:own'])], false],
  ['one without a name', [key('', 's')], false],
])('%s', (_, keys, fine) => {
  expect(fits(...keys)).toBe(fine);
});
