import { describe, expect } from 'vitest';
import type { Storage } from '../storage.js';
import { NOW, storageTest } from './samples.js';

/** What every `UsedTokenStore` must do. */
export function describeUsedTokensContract(open: () => Promise<Storage>): void {
  describe('used tokens', () => {
    storageTest(open, 'are noted once, until they expire', async ({ usedTokens }) => {
      expect(await usedTokens.use('a', NOW + 1000, NOW)).toBe(true);
      expect(await usedTokens.use('a', NOW + 9000, NOW + 999)).toBe(false);
      expect(await usedTokens.use('a', NOW + 9000, NOW + 1000)).toBe(true);
      expect(await usedTokens.use('a', NOW + 9000, NOW + 1001)).toBe(false);
    });

    storageTest(open, 'of many at once the first of each counts', async ({ usedTokens }) => {
      const ids = Array.from({ length: 200 }, (_, n) => `id-${n % 100}`);
      const verdicts = await Promise.all(ids.map((id) => usedTokens.use(id, NOW + 1000, NOW)));
      expect(verdicts).toEqual(ids.map((_, n) => n < 100));
    });

    storageTest(open, 'are forgotten when they have expired', async ({ usedTokens }) => {
      for (const [n, id] of ['a', 'b', "c'; --"].entries()) await usedTokens.use(id, NOW + n, NOW - 1);
      expect(await usedTokens.sweep(NOW + 1)).toBe(1);
      expect(await usedTokens.sweep(NOW + 1)).toBe(1);
      expect(await usedTokens.use("c'; --", NOW + 9, NOW + 1)).toBe(false);
    });
  });
}
