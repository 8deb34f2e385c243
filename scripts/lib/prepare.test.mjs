import { expect, test } from 'vitest';
import { atLeast, isInstalled } from './prepare.mjs';

test.each([
  ['20.19.0', '20.19', true],
  ['v22.0.0', '>=20.19', true],
  ['20.18.3', '20.19', false],
  ['9.99.0', '20.19', false],
])('%s is at least %s: %s', (version, least, is) => {
  expect(atLeast(version, least)).toBe(is);
});

const lock = {
  '': {},
  'packages/sdk': { version: '0.1.0' },
  'node_modules/@meerkat-chat/sdk': { resolved: 'packages/sdk', link: true },
  'node_modules/lit': { version: '3.3.3' },
  'node_modules/fsevents': { version: '2.0.0', optional: true },
};

test('an install is kept while every package has the version of the lockfile', () => {
  const { 'node_modules/fsevents': _, ...installed } = lock;
  expect(isInstalled(lock, installed)).toBe(true);
  expect(isInstalled(lock, undefined)).toBe(false);
  expect(isInstalled(lock, { ...installed, 'node_modules/lit': { version: '3.3.2' } })).toBe(false);
  const { 'node_modules/lit': __, ...without } = installed;
  expect(isInstalled(lock, without)).toBe(false);
});
