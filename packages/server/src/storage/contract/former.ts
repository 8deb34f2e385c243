import { describe, expect } from 'vitest';
import type { Storage } from '../storage.js';
import { storageTest } from './samples.js';

/** What every `FormerStore` must do. */
export function describeFormerContract(open: () => Promise<Storage>): void {
  describe('former names', () => {
    storageTest(open, 'are counted and listed, page by page', async ({ former }) => {
      expect(await former.list({ limit: 9 })).toEqual([]);
      expect(await former.add('b')).toBe(1);
      expect(await former.add('a')).toBe(1);
      expect(await former.add('b')).toBe(2);
      expect(await former.list({ limit: 1 })).toEqual([{ digest: 'a', times: 1 }]);
      expect(await former.list({ after: 'a', limit: 9 })).toEqual([{ digest: 'b', times: 2 }]);
    });
  });
}
