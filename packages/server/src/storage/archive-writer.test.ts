import { expect, test } from 'vitest';
import { ArchiveWriter } from './archive-writer.js';
import { bare, lobby, NOW } from './contract/samples.js';
import type { ArchiveEntry } from './storage.js';
import { ArchiveFullError } from './storage-error.js';

const entry = (id: string, xml = '<m/>'): ArchiveEntry => ({ id, archive: lobby, at: NOW, sender: 's', xml });

/** A disk that commits when told. */
class Disk {
  readonly batches: string[][] = [];
  readonly #open: { fulfil: () => void; reject: (why: Error) => void }[] = [];
  readonly #begun: (() => void)[] = [];

  readonly commit = (entries: readonly ArchiveEntry[]): Promise<void> =>
    new Promise((fulfil, reject) => {
      this.batches.push(entries.map(({ id }) => id));
      this.#open.push({ fulfil, reject });
      this.#begun.shift()?.();
    });

  /** Fulfils when a batch has begun that had not when this was called. */
  begun(): Promise<void> {
    return new Promise((fulfil) => this.#begun.push(fulfil));
  }

  finish(why?: Error): void {
    const commit = this.#open.shift();
    if (why) commit?.reject(why);
    else commit?.fulfil();
  }
}

test('entries of one turn are one batch, those that come meanwhile are the next', async () => {
  const disk = new Disk();
  const writer = new ArchiveWriter(disk.commit, 1000);
  const first = disk.begun();
  const ab = Promise.all([writer.append(entry('a')), writer.append(entry('b'))]);
  await first;
  const second = disk.begun();
  const cd = Promise.all([writer.append(entry('c')), writer.append(entry('d'))]);
  disk.finish();
  await ab;
  await second;
  disk.finish();
  await cd;
  expect(disk.batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('a failed commit refuses its own entries and no others', async () => {
  const disk = new Disk();
  const writer = new ArchiveWriter(disk.commit, 1000);
  const first = disk.begun();
  const lost = [writer.append(entry('a')), writer.append(entry('b'))];
  const refused = Promise.all(lost.map((append) => expect(append).rejects.toThrow('disk full')));
  await first;
  const second = disk.begun();
  const kept = writer.append(entry('c'));
  disk.finish(new Error('disk full'));
  await refused;
  await second;
  disk.finish();
  await expect(kept).resolves.toBeUndefined();
});

test('waiting entries are seen until they are committed', async () => {
  const disk = new Disk();
  const writer = new ArchiveWriter(disk.commit, 1000);
  const begun = disk.begun();
  const first = writer.append(entry('a'));
  expect(writer.waiting(lobby)).toEqual([entry('a')]);
  await begun;
  const second = writer.append(entry('b'));
  expect(writer.waiting(lobby)).toEqual([entry('a'), entry('b')]);
  expect(writer.waiting(bare('cafe@rooms.localhost'))).toEqual([]);
  const next = disk.begun();
  disk.finish();
  await first;
  expect(writer.waiting(lobby)).toEqual([entry('b')]);
  await next;
  disk.finish();
  await second;
  expect(writer.waiting(lobby)).toEqual([]);
});

test('entries are refused from the bound on, until some are committed', async () => {
  const disk = new Disk();
  const writer = new ArchiveWriter(disk.commit, 10);
  const begun = disk.begun();
  const below = writer.append(entry('a', '<éé/>.')); // 8 bytes, and one for the sender
  expect(writer.full).toBe(false);
  const over = writer.append(entry('b', ''));
  expect(writer.full).toBe(true);
  await expect(writer.append(entry('c', ''))).rejects.toBeInstanceOf(ArchiveFullError);
  await begun;
  expect(writer.full).toBe(true);
  disk.finish();
  await Promise.all([below, over]);
  expect(writer.full).toBe(false);
  const again = disk.begun();
  const later = writer.append(entry('d'));
  await again;
  disk.finish();
  await expect(later).resolves.toBeUndefined();
});

test('closing finishes what was taken and takes nothing more', async () => {
  const disk = new Disk();
  const writer = new ArchiveWriter(disk.commit, 1000);
  const begun = disk.begun();
  const taken = writer.append(entry('a'));
  const closed = writer.close();
  await expect(writer.append(entry('b'))).rejects.toThrow('closed');
  await begun;
  disk.finish();
  await Promise.all([taken, closed]);
  expect(disk.batches).toEqual([['a']]);
});
