import { describe, expect } from 'vitest';
import type { ArchiveEntry, ArchiveQuery, ArchiveStore, Storage } from '../storage.js';
import { bare, lobby, NOW, storageTest } from './samples.js';

const cafe = bare('cafe@rooms.localhost');

/** Appends `count` messages, a second apart, by two senders in turn. */
async function talk(archive: ArchiveStore, count: number, room = lobby): Promise<ArchiveEntry[]> {
  const entries = Array.from({ length: count }, (_, n): ArchiveEntry => {
    const at = NOW + n * 1000;
    return {
      id: archive.nextId(at),
      archive: room,
      at,
      sender: `${room}/${n % 2 ? 'juliet' : 'romeo'}`,
      xml: `<message><body>${n} 'é" 🦦</body></message>`,
    };
  });
  await Promise.all(entries.map((entry) => archive.append(entry)));
  return entries;
}

async function page(archive: ArchiveStore, query: Omit<ArchiveQuery, 'archive'>) {
  const found = await archive.query({ archive: lobby, ...query });
  if (!found.found) throw new Error('the page was not found');
  return { xml: found.entries.map((entry) => entry.xml), complete: found.complete };
}

/** What every `ArchiveStore` must do. */
export function describeArchiveContract(open: () => Promise<Storage>): void {
  describe('archive', () => {
    storageTest(open, 'gives entries back as they were, each room its own', async ({ archive }) => {
      const said = await talk(archive, 3);
      const elsewhere = await talk(archive, 2, cafe);
      expect(await archive.query({ archive: lobby, max: 10 })).toEqual({
        found: true,
        entries: said,
        complete: true,
      });
      expect(await archive.query({ archive: cafe, max: 10 })).toMatchObject({ entries: elsewhere });
    });

    storageTest(open, 'makes ids whose text order is theirs, though the clock goes back', async (storage) => {
      const { archive } = storage;
      const ids = [NOW, NOW, NOW + 5, NOW - 100_000, NOW + 5, NOW + 6].map((now) => archive.nextId(now));
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    });

    storageTest(open, 'reads forward, page after page', async ({ archive }) => {
      const said = await talk(archive, 5);
      const xml = said.map((entry) => entry.xml);
      expect(await page(archive, { max: 2 })).toEqual({ xml: xml.slice(0, 2), complete: false });
      const after = said[1]?.id ?? '';
      expect(await page(archive, { after, max: 2 })).toEqual({ xml: xml.slice(2, 4), complete: false });
      expect(await page(archive, { after, max: 3 })).toEqual({ xml: xml.slice(2), complete: true });
      expect(await page(archive, { after: said[4]?.id ?? '', max: 3 })).toEqual({ xml: [], complete: true });
    });

    storageTest(open, 'reads backward, each page oldest first', async ({ archive }) => {
      const said = await talk(archive, 5);
      const xml = said.map((entry) => entry.xml);
      expect(await page(archive, { before: '', max: 2 })).toEqual({ xml: xml.slice(3), complete: false });
      expect(await page(archive, { before: '', max: 5 })).toEqual({ xml, complete: true });
      const before = said[3]?.id ?? '';
      expect(await page(archive, { before, max: 2 })).toEqual({ xml: xml.slice(1, 3), complete: false });
      expect(await page(archive, { before, max: 3 })).toEqual({ xml: xml.slice(0, 3), complete: true });
    });

    storageTest(open, 'reads between two ids', async ({ archive }) => {
      const said = await talk(archive, 5);
      const [after, before] = [said[0]?.id ?? '', said[3]?.id ?? ''];
      expect(await page(archive, { after, before, max: 9 })).toEqual({
        xml: [said[1]?.xml, said[2]?.xml],
        complete: true,
      });
    });

    storageTest(open, 'finds by time, both ends included, and by sender', async ({ archive }) => {
      const said = await talk(archive, 5);
      const xml = said.map((entry) => entry.xml);
      expect((await page(archive, { start: NOW + 1000, end: NOW + 3000, max: 9 })).xml).toEqual(
        xml.slice(1, 4),
      );
      expect((await page(archive, { start: NOW + 1001, max: 9 })).xml).toEqual(xml.slice(2));
      expect((await page(archive, { end: NOW + 999, max: 9 })).xml).toEqual(xml.slice(0, 1));
      const sender = `${lobby}/juliet`;
      expect((await page(archive, { sender, max: 9 })).xml).toEqual([xml[1], xml[3]]);
      expect(await page(archive, { sender, before: '', max: 1 })).toEqual({ xml: [xml[3]], complete: false });
    });

    storageTest(open, 'says whether there is anything when asked for nothing', async ({ archive }) => {
      expect(await page(archive, { max: 0 })).toEqual({ xml: [], complete: true });
      await talk(archive, 1);
      expect(await page(archive, { max: 0 })).toEqual({ xml: [], complete: false });
      expect(await page(archive, { before: '', max: 0 })).toEqual({ xml: [], complete: false });
    });

    storageTest(open, 'does not find a page beside an unknown id', async ({ archive }) => {
      const said = await talk(archive, 1);
      await talk(archive, 1, cafe);
      const elsewhere = await archive.query({ archive: cafe, max: 1 });
      const foreign = elsewhere.found ? (elsewhere.entries[0]?.id ?? '') : '';
      for (const id of ['nothing', foreign]) {
        expect(await archive.query({ archive: lobby, after: id, max: 1 })).toEqual({ found: false });
        expect(await archive.query({ archive: lobby, before: id, max: 1 })).toEqual({ found: false });
      }
      expect(await archive.query({ archive: lobby, after: said[0]?.id ?? '', max: 1 })).toMatchObject({
        found: true,
      });
    });

    storageTest(open, 'shows entries whose commit has not been awaited', async ({ archive }) => {
      const entry = { id: archive.nextId(NOW), archive: lobby, at: NOW, sender: 's', xml: '<message/>' };
      const appended = archive.append(entry);
      expect(await page(archive, { max: 9 })).toEqual({ xml: ['<message/>'], complete: true });
      expect(await archive.query({ archive: lobby, after: entry.id, max: 9 })).toMatchObject({ found: true });
      await appended;
    });

    storageTest(open, 'refuses one id twice and goes on', async ({ archive }) => {
      const [first] = await talk(archive, 1);
      if (!first) throw new Error('nothing was said');
      await expect(archive.append({ ...first, xml: '<other/>' })).rejects.toThrow();
      await talk(archive, 1);
      expect((await page(archive, { max: 9 })).xml).toHaveLength(2);
    });

    storageTest(open, 'is purged from its old end, some at a time', async ({ archive }) => {
      const said = await talk(archive, 5);
      await talk(archive, 2, cafe);
      expect(await archive.purge(lobby, NOW + 3000, 2)).toBe(2);
      expect(await archive.purge(lobby, NOW + 3000, 9)).toBe(1);
      expect(await archive.purge(lobby, NOW + 3000, 9)).toBe(0);
      expect((await page(archive, { max: 9 })).xml).toEqual(said.slice(3).map((entry) => entry.xml));
      expect(await archive.query({ archive: cafe, max: 9 })).toMatchObject({ complete: true });
    });

    storageTest(open, 'tells one archive after another', async ({ archive }) => {
      expect(await archive.next(undefined)).toBeUndefined();
      await talk(archive, 2);
      await talk(archive, 2, cafe);
      expect(await archive.next(undefined)).toBe(cafe);
      expect(await archive.next(cafe)).toBe(lobby);
      expect(await archive.next(lobby)).toBeUndefined();
    });

    storageTest(open, 'is searched for words, a slice at a time', async ({ archive }) => {
      const said = await talk(archive, 4);
      await talk(archive, 1, cafe);
      const search = { archive: lobby, words: ['>1 ', '>3 \'é"'] };
      expect(await archive.find({ ...search, after: undefined, slice: 3 })).toEqual({
        entries: [said[1]],
        last: said[2]?.id,
      });
      expect(await archive.find({ ...search, after: said[2]?.id, slice: 3 })).toEqual({
        entries: [said[3]],
        last: undefined,
      });
      expect(await archive.find({ ...search, words: ['%'], after: undefined, slice: 9 })).toEqual({
        entries: [],
        last: undefined,
      });
    });

    storageTest(open, 'finds what waits for its commit, too', async ({ archive }) => {
      const appended = talk(archive, 1);
      expect(
        (await archive.find({ archive: lobby, after: undefined, words: ['body'], slice: 9 })).entries,
      ).toHaveLength(1);
      await appended;
    });

    storageTest(open, 'is written anew in its place', async ({ archive }) => {
      const said = await talk(archive, 3);
      const [first, second] = said;
      if (!first || !second) throw new Error('nothing was said');
      const gone = { ...first, archive: cafe };
      const anew = { ...second, sender: lobby, xml: '<message/>' };
      expect(await archive.rewrite([anew, gone])).toBe(1);
      expect(await archive.query({ archive: lobby, max: 9 })).toMatchObject({
        entries: [said[0], anew, said[2]],
      });
      expect(await archive.query({ archive: cafe, max: 9 })).toMatchObject({ entries: [] });
    });

    storageTest(open, 'is forgotten as a whole', async ({ archive }) => {
      await talk(archive, 3);
      await talk(archive, 1, cafe);
      expect(await archive.forget(lobby)).toBe(3);
      expect(await archive.forget(lobby)).toBe(0);
      expect(await archive.next(undefined)).toBe(cafe);
    });
  });
}
