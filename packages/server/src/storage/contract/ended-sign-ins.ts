import { describe, expect } from 'vitest';
import type { Storage } from '../storage.js';
import { NOW, storageTest } from './samples.js';

/** What every `EndedSignInStore` must do. */
export function describeEndedSignInsContract(open: () => Promise<Storage>): void {
  describe('ended sign-ins', () => {
    storageTest(open, 'are noted with their last end, and listed page by page', async ({ endedSignIns }) => {
      expect(await endedSignIns.list({ limit: 9 })).toEqual([]);
      await endedSignIns.note({ digest: 'b', at: NOW });
      await endedSignIns.note({ digest: 'a', at: NOW + 1 });
      await endedSignIns.note({ digest: 'b', at: NOW + 2 });
      expect(await endedSignIns.list({ limit: 1 })).toEqual([{ digest: 'a', at: NOW + 1 }]);
      expect(await endedSignIns.list({ after: 'a', limit: 9 })).toEqual([{ digest: 'b', at: NOW + 2 }]);
    });

    storageTest(open, 'take the place of others', async ({ endedSignIns }) => {
      await endedSignIns.note({ digest: 'a', at: NOW });
      await endedSignIns.note({ digest: 'b', at: NOW }, 'a');
      await endedSignIns.note({ digest: 'c', at: NOW }, 'unknown');
      expect((await endedSignIns.list({ limit: 9 })).map(({ digest }) => digest)).toEqual(['b', 'c']);
    });

    storageTest(open, 'are forgotten by time', async ({ endedSignIns }) => {
      for (const [n, digest] of ['a', 'b', 'c'].entries()) await endedSignIns.note({ digest, at: NOW + n });
      await endedSignIns.sweep(NOW + 1);
      expect(await endedSignIns.list({ limit: 9 })).toEqual([{ digest: 'c', at: NOW + 2 }]);
    });
  });
}
