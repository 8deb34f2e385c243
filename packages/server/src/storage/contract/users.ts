import { describe, expect } from 'vitest';
import type { Storage } from '../storage.js';
import { bare, juliet, keys, lobby, NOW, romeo, storageTest, token, user } from './samples.js';

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
      for (const name of ['mira', 'mirakim', 'mira.kim2', 'Anna', '']) {
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
      expect(await users.setKeys(romeo, keys(2), NOW + 9)).toBe(true);
      expect((await users.get(romeo))?.keys).toEqual(keys(2));
      expect(await users.get(romeo)).toMatchObject({ createdAt: NOW + 1, changedAt: NOW + 9 });
      expect(await tokens.find(romeo, 'client-1', NOW)).toEqual([]);
      expect(await tokens.find(juliet, 'client-1', NOW)).toHaveLength(1);
    });

    storageTest(open, 'that are unknown have no password to change', async ({ users }) => {
      expect(await users.setKeys(romeo, keys(2), NOW)).toBe(false);
      expect(await users.get(romeo)).toBeUndefined();
    });

    storageTest(
      open,
      'keep the tokens of the client that changed the password',
      async ({ users, tokens }) => {
        await users.add(user(romeo, 1));
        await tokens.add(token('own', { clientId: 'own' }));
        await tokens.add(token('other', { clientId: 'other' }));
        expect(await users.setKeys(romeo, keys(2), NOW, 'own')).toBe(true);
        expect((await tokens.of(romeo, 9)).map(({ serial }) => serial)).toEqual(['own']);
      },
    );

    storageTest(open, 'get other keys of the same password, and keep their tokens', async (storage) => {
      const { tokens, users } = storage;
      await users.add(user(romeo, 1));
      await tokens.add(token('of-romeo'));
      expect(await users.renewKeys(romeo, keys(1), keys(2))).toBe(true);
      expect(await users.get(romeo)).toEqual({ ...user(romeo, 1), keys: keys(2) });
      expect(await tokens.find(romeo, 'client-1', NOW)).toHaveLength(1);
      // The password has been changed since.
      expect(await users.renewKeys(romeo, keys(1), keys(3))).toBe(false);
      expect(await users.renewKeys(juliet, keys(1), keys(3))).toBe(false);
      expect((await users.get(romeo))?.keys).toEqual(keys(2));
    });

    storageTest(open, 'may have no password', async ({ users }) => {
      const site = { account: romeo, createdAt: NOW };
      expect(await users.add(site)).toBe(true);
      expect(await users.get(romeo)).toEqual(site);
      expect(await users.list({ limit: 9 })).toEqual([site]);
    });

    storageTest(open, 'are suspended, which ends their tokens, and let in again', async (storage) => {
      const { tokens, users } = storage;
      await users.add(user(romeo));
      await users.add(user(juliet));
      await tokens.add(token('a'));
      expect(await users.suspended({ limit: 9 })).toEqual([]);
      expect(await users.suspend(romeo, NOW + 5)).toBe(true);
      expect(await users.suspend(juliet, NOW + 6)).toBe(true);
      expect((await users.get(romeo))?.suspendedAt).toBe(NOW + 5);
      expect(await tokens.find(romeo, 'client-1', NOW)).toEqual([]);
      expect(await users.suspended({ limit: 1 })).toEqual([juliet]);
      expect(await users.suspended({ after: juliet, limit: 9 })).toEqual([romeo]);
      await tokens.add(token('b'));
      expect(await users.suspend(romeo, undefined)).toBe(true);
      expect(await users.get(romeo)).toEqual(user(romeo));
      expect(await tokens.find(romeo, 'client-1', NOW)).toHaveLength(1);
      expect(await users.suspend(bare('nobody@localhost'), NOW)).toBe(false);
    });

    storageTest(open, 'leave nothing of theirs to who gets the name later', async (storage) => {
      const { rooms, statuses, tokens, users } = storage;
      await rooms.put({ jid: lobby, config: {}, subject: undefined, createdAt: NOW });
      // An account that only the site knows has as much to lose.
      for (const known of [true, false]) {
        if (known) await users.add(user(romeo));
        await tokens.add(token(`of ${known}`));
        await rooms.setAffiliation(lobby, romeo, 'owner');
        await rooms.setAffiliation(lobby, juliet, 'member');
        await statuses.add({ id: 'k7', account: romeo, guest: false, status: 'online', since: NOW });
        expect(await users.delete(romeo)).toBe(known);
        expect(await tokens.of(romeo, 9)).toEqual([]);
        expect(await statuses.list({ limit: 9 })).toEqual([]);
        expect((await rooms.get(lobby))?.affiliations).toEqual(new Map([[juliet, 'member']]));
      }
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
