import { expect, test } from 'vitest';
import { guestSettings } from './settings.js';

test('without a word nothing is to be proven, and there are bounds', () => {
  expect(guestSettings.parse({})).toMatchObject({
    perAddress: 100,
    newPerMinute: 30,
    total: 20_000,
    sharedNetworks: [],
    proof: { kind: 'off', freePerAddress: 5, bits: 16 },
  });
});

test.each([
  [{ kind: 'site' }, false],
  [{ kind: 'site', url: 'https://shop.example/proof' }, true],
  [{ kind: 'site', url: 'shop.example' }, false],
  [{ kind: 'work' }, true],
  [{ kind: 'work', bits: 0 }, false],
  [{ kind: 'work', bits: 26 }, true],
  [{ kind: 'work', bits: 27 }, false],
  [{ secret: 'too short' }, false],
])('a proof that is set so: %j', (proof, good) => {
  expect(guestSettings.safeParse({ proof }).success).toBe(good);
});
