import { describe, expect } from 'vitest';
import type { AuditEntry, Storage } from '../storage.js';
import { NOW, storageTest } from './samples.js';

function entry(at: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return { at, actor: 'key shop', action: 'users.add', target: 'romeo@localhost', details: {}, ...more };
}

/** What every `AuditStore` must do. */
export function describeAuditContract(open: () => Promise<Storage>): void {
  describe('the audit log', () => {
    const actions = async ({ audit }: Storage, options: Parameters<typeof audit.list>[0]) =>
      (await audit.list(options)).map(({ action }) => action);

    storageTest(open, 'has entries as they were added, the latest first', async (storage) => {
      const added = [
        entry(NOW, { details: { reason: 'spam', ok: true } }),
        entry(NOW, { action: 'rooms.kick', target: 'hall@rooms.localhost' }),
      ];
      for (const one of added) await storage.audit.append(one);
      const found = await storage.audit.list({ limit: 10 });
      expect(found.map(({ id: _, ...rest }) => rest)).toEqual([...added].reverse());
    });

    storageTest(open, 'is read page by page', async (storage) => {
      for (const n of [1, 2, 3, 4, 5]) await storage.audit.append(entry(NOW + n, { action: `a${n}` }));
      const first = await storage.audit.list({ limit: 2 });
      expect(first.map(({ action }) => action)).toEqual(['a5', 'a4']);
      const before = first.at(-1)?.id ?? expect.unreachable();
      expect(await actions(storage, { before, limit: 2 })).toEqual(['a3', 'a2']);
    });

    storageTest(open, 'forgets names, and not that something happened', async ({ audit }) => {
      await audit.append(entry(NOW));
      await audit.append(entry(NOW, { target: 'lobby', details: { user: 'romeo', affiliation: 'owner' } }));
      await audit.append(entry(NOW, { target: 'romeo2', details: { user: 'juliet' } }));
      await audit.append(entry(NOW, { target: '%', details: { problem: 'what is it?' } }));
      const refused = { problem: 'there is no account romeo@localhost', share: true };
      await audit.append(entry(NOW, { target: 'romeo@localhost', details: refused }));
      expect(await audit.forget(['romeo', 'romeo@localhost'], '(erased)')).toBe(3);
      expect(await audit.forget(['romeo', 'romeo@localhost'], '(erased)')).toBe(0);
      expect((await audit.list({ limit: 9 })).map(({ details, target }) => [target, details])).toEqual([
        ['(erased)', { problem: '(erased)', share: true }],
        ['%', { problem: 'what is it?' }],
        ['romeo2', { user: 'juliet' }],
        ['lobby', { user: '(erased)', affiliation: 'owner' }],
        ['(erased)', {}],
      ]);
    });

    storageTest(open, 'forgets what is old, some at a time', async (storage) => {
      for (const n of [1, 2, 3]) await storage.audit.append(entry(NOW + n, { action: `a${n}` }));
      expect(await storage.audit.sweep(NOW + 3, 1)).toBe(1);
      expect(await storage.audit.sweep(NOW + 3, 10)).toBe(1);
      expect(await actions(storage, { limit: 10 })).toEqual(['a3']);
    });
  });
}
