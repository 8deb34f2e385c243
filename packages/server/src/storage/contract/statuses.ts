import { describe, expect } from 'vitest';
import type { StatusRecord, Storage } from '../storage.js';
import { bare, juliet, NOW, romeo, storageTest, user } from './samples.js';

function shared(id: string, more: Partial<StatusRecord> = {}): StatusRecord {
  return { id, account: romeo, guest: false, status: 'offline', since: NOW, ...more };
}

/** What every `StatusStore` must do. */
export function describeStatusesContract(open: () => Promise<Storage>): void {
  describe('shared statuses', () => {
    const all = ({ statuses }: Storage) => statuses.list({ limit: 100 });

    storageTest(open, 'come back as they were added', async (storage) => {
      const added = shared('a', { guest: true, status: 'dnd' });
      expect(await storage.statuses.add(added)).toEqual(added);
      expect(await all(storage)).toEqual([added]);
    });

    storageTest(open, 'are one for each account: the first stays', async (storage) => {
      const { statuses } = storage;
      await statuses.add(shared('a'));
      expect(await statuses.add(shared('b'))).toEqual(shared('a'));
      const both = await Promise.all(['c', 'd'].map((id) => statuses.add(shared(id, { account: juliet }))));
      expect(both[1]).toEqual(both[0]);
      expect(await all(storage)).toHaveLength(2);
    });

    storageTest(open, 'are removed, and the next id is another', async (storage) => {
      const { statuses } = storage;
      await statuses.add(shared('a'));
      await statuses.add(shared('j', { account: juliet }));
      expect(await statuses.remove(romeo)).toBe(true);
      expect(await statuses.remove(romeo)).toBe(false);
      expect(await statuses.add(shared('b'))).toEqual(shared('b'));
      expect((await all(storage)).map(({ id }) => id)).toEqual(['b', 'j']);
    });

    storageTest(open, 'go with their user, and with nobody else', async (storage) => {
      await storage.users.add(user(romeo));
      await storage.statuses.add(shared('a'));
      await storage.statuses.add(shared('j', { account: juliet }));
      await storage.users.delete(romeo);
      expect((await all(storage)).map(({ id }) => id)).toEqual(['j']);
    });

    storageTest(open, 'note what is shown now, many at once', async (storage) => {
      const { statuses } = storage;
      const ids = Array.from({ length: 150 }, (_, n) => `id-${String(n).padStart(4, '0')}`);
      for (const id of ids) await statuses.add(shared(id, { account: bare(`${id}@localhost`) }));
      await statuses.note([]);
      await statuses.note([...ids, 'gone'].map((id, n) => ({ id, status: 'away', since: NOW + n })));
      const kept = await statuses.list({ limit: 200 });
      expect(kept.map(({ id }) => id)).toEqual(ids);
      expect(kept[149]).toEqual(
        shared('id-0149', { account: bare('id-0149@localhost'), status: 'away', since: NOW + 149 }),
      );
    });

    storageTest(open, 'are found by their account', async ({ statuses }) => {
      const record = { id: 'k7', account: romeo, guest: false, status: 'away', since: NOW } as const;
      await statuses.add(record);
      expect(await statuses.of(romeo)).toEqual(record);
      expect(await statuses.of(juliet)).toBeUndefined();
    });

    storageTest(open, 'are listed in order, page by page', async ({ statuses }) => {
      const accounts = [romeo, juliet, bare('nurse@localhost')];
      for (const [n, id] of ['b', 'c', 'a'].entries()) {
        await statuses.add(shared(id, { account: accounts[n] ?? romeo }));
      }
      const ids = async (options: Parameters<typeof statuses.list>[0]) =>
        (await statuses.list(options)).map(({ id }) => id);
      expect(await ids({ limit: 2 })).toEqual(['a', 'b']);
      expect(await ids({ after: 'b', limit: 2 })).toEqual(['c']);
      expect(await ids({ after: 'c', limit: 2 })).toEqual([]);
    });
  });
}
