import { describe, expect } from 'vitest';
import type { Storage } from '../storage.js';
import { bare, juliet, keys, NOW, romeo, storageTest, token, user } from './samples.js';

/** What every `UserStore` must do. */
export function describeUsersContract(open: () => Promise<Storage>): void {
  describe('users', () => {
    storageTest(open, 'come back as they were added', async ({ users }) => {
      expect(await users.get(romeo)).toBeUndefined();
      expect(await users.add(user(romeo, 3))).toBe(true);
      expect(await users.get(romeo)).toEqual(user(romeo, 3));
      expect(await users.get(juliet)).toBeUndefined();
    });

    storageTest(open, 'are each found when many are asked for at once', async ({ users }) => {
      const accounts = Array.from({ length: 150 }, (_, n) => bare(`user-${n}@localhost`));
      for (const [n, account] of accounts.entries()) await users.add(user(account, n % 7));
      const asked = [...accounts, romeo, bare('user-0@localhost')];
      const found = await Promise.all(asked.map((account) => users.get(account)));
      expect(found.map((record) => record?.account)).toEqual([...accounts, undefined, 'user-0@localhost']);
      expect(found[149]).toEqual(user(bare('user-149@localhost'), 149 % 7));
    });

    storageTest(open, 'keep what looks like their names from others', async ({ users }) => {
      await users.add(user(bare('mira.kim@localhost')));
      await users.add(user(bare('анна@localhost')));
      for (const name of ['mira.kim', 'MIRA.KIM', 'Мira.kіm', 'm1ra.kim', 'mira\u200b.kim', 'Анна']) {
        expect(await users.looksTaken(name), name).toBe(true);
      }
      for (const name of ['mira', 'mirakim', 'mira.kim2', 'Hanna', '']) {
        expect(await users.looksTaken(name), name).toBe(false);
      }
      await users.delete(bare('mira.kim@localhost'));
      expect(await users.looksTaken('mira.kim')).toBe(false);
    });

    storageTest(open, 'are not replaced by adding', async ({ users }) => {
      await users.add(user(romeo, 1));
      expect(await users.add(user(romeo, 2))).toBe(false);
      expect(await users.get(romeo)).toEqual(user(romeo, 1));
    });

    storageTest(open, 'lose their tokens with their password', async ({ users, tokens }) => {
      await users.add(user(romeo, 1));
      await users.add(user(juliet, 1));
      await tokens.add(token('of-romeo'));
      await tokens.add(token('of-juliet', { account: juliet }));
      expect(await users.setKeys(romeo, keys(2))).toBe(true);
      expect((await users.get(romeo))?.keys).toEqual(keys(2));
      expect((await users.get(romeo))?.createdAt).toBe(NOW + 1);
      expect(await tokens.find(romeo, 'client-1', NOW)).toEqual([]);
      expect(await tokens.find(juliet, 'client-1', NOW)).toHaveLength(1);
    });

    storageTest(open, 'that are unknown have no password to change', async ({ users }) => {
      expect(await users.setKeys(romeo, keys(2))).toBe(false);
      expect(await users.get(romeo)).toBeUndefined();
    });

    storageTest(open, 'are deleted with their tokens', async ({ users, tokens }) => {
      await users.add(user(romeo));
      await tokens.add(token('a'));
      expect(await users.delete(romeo)).toBe(true);
      expect(await users.get(romeo)).toBeUndefined();
      expect(await tokens.find(romeo, 'client-1', NOW)).toEqual([]);
      expect(await users.delete(romeo)).toBe(false);
    });

    storageTest(open, 'are listed in order, page by page', async ({ users }) => {
      await users.add(user(romeo));
      await users.add(user(juliet));
      const accounts = async (options: Parameters<typeof users.list>[0]) =>
        (await users.list(options)).map(({ account }) => account);
      expect(await accounts({ limit: 10 })).toEqual([juliet, romeo]);
      expect(await accounts({ limit: 1 })).toEqual([juliet]);
      expect(await accounts({ after: juliet, limit: 10 })).toEqual([romeo]);
      expect(await accounts({ after: romeo, limit: 10 })).toEqual([]);
    });
  });
}
