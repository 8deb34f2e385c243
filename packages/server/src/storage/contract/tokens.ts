import { describe, expect } from 'vitest';
import type { Storage, TokenStore } from '../storage.js';
import { juliet, NOW, romeo, storageTest, token } from './samples.js';

const serials = async (tokens: TokenStore, clientId = 'client-1', now = NOW): Promise<string[]> =>
  (await tokens.find(romeo, clientId, now)).map(({ serial }) => serial);

/** What every `TokenStore` must do. */
export function describeTokensContract(open: () => Promise<Storage>): void {
  describe('tokens', () => {
    storageTest(open, 'come back as they were added', async ({ tokens }) => {
      const added = token('a', { guest: true, count: 7 });
      await tokens.add(added);
      expect(await tokens.find(romeo, 'client-1', NOW)).toEqual([added]);
      const granted = token('b', { clientId: 'client-3', grant: '{"until":1}' });
      await tokens.add(granted);
      expect(await tokens.find(romeo, 'client-3', NOW)).toEqual([granted]);
      expect(await tokens.find(juliet, 'client-1', NOW)).toEqual([]);
      expect(await tokens.find(romeo, 'client-2', NOW)).toEqual([]);
    });

    storageTest(open, 'of one client are kept two at most, newest first', async ({ tokens }) => {
      await tokens.add(token('other', { clientId: 'client-2' }));
      // The same millisecond three times: the order of adding decides.
      for (const serial of ['a', 'b', 'c']) await tokens.add(token(serial));
      expect(await serials(tokens)).toEqual(['c', 'b']);
      expect(await serials(tokens, 'client-2')).toEqual(['other']);
    });

    storageTest(open, 'expire', async ({ tokens }) => {
      await tokens.add(token('a', { expiresAt: NOW + 1000 }));
      expect(await serials(tokens, 'client-1', NOW + 999)).toEqual(['a']);
      expect(await serials(tokens, 'client-1', NOW + 1000)).toEqual([]);
    });

    storageTest(open, 'are not used twice with one count', async ({ tokens }) => {
      await tokens.add(token('a'));
      expect(await tokens.use('a', 2)).toBe(true);
      expect(await tokens.use('a', 2)).toBe(false);
      expect(await tokens.use('a', 1)).toBe(false);
      expect(await tokens.use('a', undefined)).toBe(false);
      expect(await tokens.use('a', 3)).toBe(true);
      expect((await tokens.find(romeo, 'client-1', NOW))[0]?.count).toBe(3);
    });

    storageTest(open, 'need no count from a client that never counts', async ({ tokens }) => {
      await tokens.add(token('a'));
      expect(await tokens.use('a', undefined)).toBe(true);
      expect(await tokens.use('a', undefined)).toBe(true);
      expect(await tokens.use('unknown', undefined)).toBe(false);
    });

    storageTest(open, 'replace the one before when they are used', async ({ tokens }) => {
      await tokens.add(token('other', { clientId: 'client-2' }));
      await tokens.add(token('old'));
      await tokens.add(token('new', { issuedAt: NOW + 1 }));
      expect(await tokens.use('old', 1)).toBe(true);
      expect(await serials(tokens)).toEqual(['new', 'old']);
      expect(await tokens.use('new', 1)).toBe(true);
      expect(await serials(tokens)).toEqual(['new']);
      expect(await serials(tokens, 'client-2')).toEqual(['other']);
    });

    storageTest(open, 'are judged one after the other when many are used at once', async ({ tokens }) => {
      for (const n of [1, 2, 3, 4]) await tokens.add(token(`t${n}`, { clientId: `client-${n}` }));
      for (const n of [1, 4]) await tokens.add(token(`t${n}-new`, { clientId: `client-${n}` }));
      const uses = [
        tokens.use('t1-new', 1),
        tokens.use('t1', 9),
        tokens.use('t2', 5),
        tokens.use('t2', 5),
        tokens.use('t2', 6),
        tokens.use('unknown', 1),
        tokens.use('t3', undefined),
        tokens.use('t3', undefined),
        tokens.use('t4', 1),
        tokens.use('t4-new', 1),
        tokens.use('t4', 2),
      ];
      const verdicts = (await Promise.all(uses)).map((good) => (good ? 'yes' : 'no'));
      expect(verdicts.join(' ')).toBe('yes no yes no yes no yes yes yes yes no');
      expect(await serials(tokens, 'client-4')).toEqual(['t4-new']);
      expect(await serials(tokens, 'client-1')).toEqual(['t1-new']);
      expect((await tokens.find(romeo, 'client-2', NOW))[0]?.count).toBe(6);
      expect((await tokens.find(romeo, 'client-3', NOW))[0]?.count).toBe(0);
    });

    storageTest(open, 'of hundreds of clients are added, found and used at once', async ({ tokens }) => {
      const clients = Array.from({ length: 300 }, (_, n) => `client-${n}`);
      for (const turn of ['a', 'b', 'c']) {
        await Promise.all(clients.map((clientId) => tokens.add(token(`${turn}-${clientId}`, { clientId }))));
      }
      // The same client twice, in one turn: both are answered.
      const found = await Promise.all([...clients, 'client-0'].map((clientId) => serials(tokens, clientId)));
      expect(found).toEqual([...clients, 'client-0'].map((client) => [`c-${client}`, `b-${client}`]));
      const used = await Promise.all(clients.map((client) => tokens.use(`c-${client}`, 1)));
      expect(used).toEqual(clients.map(() => true));
      const left = await Promise.all(clients.map((clientId) => serials(tokens, clientId)));
      expect(left).toEqual(clients.map((client) => [`c-${client}`]));
    });

    storageTest(open, 'are dropped by client and by account', async ({ tokens }) => {
      await tokens.add(token('a'));
      await tokens.add(token('b', { clientId: 'client-2' }));
      await tokens.add(token('c', { clientId: 'client-3' }));
      await tokens.add(token('juliet', { account: juliet }));
      await tokens.drop(romeo, 'client-2');
      expect([await serials(tokens), await serials(tokens, 'client-2')]).toEqual([['a'], []]);
      await tokens.drop(romeo);
      expect([await serials(tokens), await serials(tokens, 'client-3')]).toEqual([[], []]);
      expect(await tokens.find(juliet, 'client-1', NOW)).toHaveLength(1);
    });

    storageTest(open, 'are told, those of one account, the newest first', async ({ tokens }) => {
      await tokens.add(token('a', { clientId: 'one' }));
      await tokens.add(token('b', { clientId: 'two' }));
      await tokens.add(token('c', { account: juliet }));
      expect((await tokens.of(romeo, 9)).map(({ serial }) => serial)).toEqual(['b', 'a']);
      expect(await tokens.of(romeo, 1)).toEqual([token('b', { clientId: 'two' })]);
    });

    storageTest(open, 'that have expired are swept, some at a time', async ({ tokens }) => {
      for (const n of [1, 2, 3]) {
        await tokens.add(token(`t${n}`, { clientId: `client-${n}`, expiresAt: NOW + n }));
      }
      expect(await tokens.sweep(NOW + 2, 1)).toBe(1);
      expect(await tokens.sweep(NOW + 2, 10)).toBe(1);
      expect(await tokens.sweep(NOW + 2, 10)).toBe(0);
      expect(await serials(tokens, 'client-3')).toEqual(['t3']);
    });
  });
}
