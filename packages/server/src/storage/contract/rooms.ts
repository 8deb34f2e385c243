import { describe, expect } from 'vitest';
import type { RoomRecord, Storage } from '../storage.js';
import { bare, juliet, lobby, NOW, romeo, storageTest } from './samples.js';

const cafe = bare('cafe@rooms.localhost');

const room = (more: Partial<RoomRecord> = {}): RoomRecord => ({
  jid: lobby,
  config: { title: 'Lobby', members: { only: false }, tags: ['a', 1, null] },
  subject: { text: 'Welcome', by: 'lobby@rooms.localhost/romeo', at: NOW },
  createdAt: NOW,
  ...more,
});

/** What every `RoomStore` must do. */
export function describeRoomsContract(open: () => Promise<Storage>): void {
  describe('rooms', () => {
    storageTest(open, 'come back as they were put', async ({ rooms }) => {
      expect(await rooms.get(lobby)).toBeUndefined();
      await rooms.put(room());
      expect(await rooms.get(lobby)).toEqual({ record: room(), affiliations: new Map() });
    });

    storageTest(open, 'are replaced, and keep their affiliations', async ({ rooms }) => {
      await rooms.put(room());
      await rooms.setAffiliation(lobby, romeo, 'owner');
      const changed = room({ config: { title: 'Foyer' }, subject: undefined });
      await rooms.put(changed);
      expect(await rooms.get(lobby)).toEqual({ record: changed, affiliations: new Map([[romeo, 'owner']]) });
    });

    storageTest(open, 'do not follow what the caller does to its object', async ({ rooms }) => {
      const config: Record<string, unknown> = { title: 'before' };
      await rooms.put(room({ config }));
      config.title = 'after';
      expect((await rooms.get(lobby))?.record.config).toEqual({ title: 'before' });
    });

    storageTest(open, 'have affiliations, of which none is no entry', async ({ rooms }) => {
      await rooms.put(room());
      await rooms.put(room({ jid: cafe }));
      await rooms.setAffiliation(lobby, romeo, 'owner');
      await rooms.setAffiliation(lobby, juliet, 'outcast');
      await rooms.setAffiliation(lobby, juliet, 'member');
      expect((await rooms.get(lobby))?.affiliations).toEqual(
        new Map([
          [romeo, 'owner'],
          [juliet, 'member'],
        ]),
      );
      await rooms.setAffiliation(lobby, romeo, 'none');
      expect((await rooms.get(lobby))?.affiliations).toEqual(new Map([[juliet, 'member']]));
      expect((await rooms.get(cafe))?.affiliations).toEqual(new Map());
    });

    storageTest(open, 'are found by who is something to them', async ({ rooms }) => {
      await rooms.put(room());
      await rooms.put(room({ jid: cafe }));
      await rooms.setAffiliation(lobby, romeo, 'owner');
      await rooms.setAffiliation(cafe, romeo, 'outcast');
      await rooms.setAffiliation(cafe, juliet, 'member');
      const banned = { room: cafe, affiliation: 'outcast' };
      const owned = { room: lobby, affiliation: 'owner' };
      expect(await rooms.affiliationsOf(romeo, { limit: 9 })).toEqual([banned, owned]);
      expect(await rooms.affiliationsOf(romeo, { limit: 1 })).toEqual([banned]);
      expect(await rooms.affiliationsOf(romeo, { after: cafe, limit: 9 })).toEqual([owned]);
      expect(await rooms.affiliationsOf(bare('x@localhost'), { limit: 9 })).toEqual([]);
    });

    storageTest(open, 'must be there to have affiliations', async ({ rooms }) => {
      await expect(rooms.setAffiliation(lobby, romeo, 'member')).rejects.toThrow();
    });

    storageTest(open, 'are deleted with all that was theirs', async ({ rooms, archive }) => {
      await rooms.put(room());
      await rooms.setAffiliation(lobby, romeo, 'owner');
      const entry = { id: archive.nextId(NOW), archive: lobby, at: NOW, sender: 's', xml: '<message/>' };
      await archive.append(entry);
      expect(await rooms.delete(lobby)).toBe(true);
      expect(await rooms.delete(lobby)).toBe(false);
      expect(await archive.query({ archive: lobby, max: 10 })).toEqual({
        found: true,
        entries: [],
        complete: true,
      });
      await rooms.put(room());
      expect((await rooms.get(lobby))?.affiliations).toEqual(new Map());
    });

    storageTest(open, 'are listed in order, page by page', async ({ rooms }) => {
      await rooms.put(room());
      await rooms.put(room({ jid: cafe }));
      const jids = async (options: Parameters<typeof rooms.list>[0]) =>
        (await rooms.list(options)).map(({ jid }) => jid);
      expect(await jids({ limit: 10 })).toEqual([cafe, lobby]);
      expect(await jids({ limit: 1 })).toEqual([cafe]);
      expect(await jids({ after: cafe, limit: 1 })).toEqual([lobby]);
    });
  });
}
