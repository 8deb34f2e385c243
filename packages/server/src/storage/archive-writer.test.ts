import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { ArchiveWriter, type ArchiveWriterOptions } from './archive-writer.js';
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

const writerOn = (disk: Disk, options: Partial<ArchiveWriterOptions> = {}) =>
  new ArchiveWriter({
    clock: new FakeClock(),
    commit: disk.commit,
    maxWaitingBytes: 1000,
    interval: 0,
    ...options,
  });

test('entries of one turn are one batch, those that come meanwhile are the next', async () => {
  const disk = new Disk();
  const writer = writerOn(disk);
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
  const writer = writerOn(disk);
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
  const writer = writerOn(disk);
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
  const writer = writerOn(disk, { maxWaitingBytes: 10 });
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
  const writer = writerOn(disk);
  const begun = disk.begun();
  const taken = writer.append(entry('a'));
  const closed = writer.close();
  await expect(writer.append(entry('b'))).rejects.toThrow('closed');
  await begun;
  disk.finish();
  await Promise.all([taken, closed]);
  expect(disk.batches).toEqual([['a']]);
});

test('commits that follow each other are an interval apart; one after a pause begins at once', async () => {
  const disk = new Disk();
  const clock = new FakeClock();
  const writer = writerOn(disk, { clock, interval: 20 });
  const a = writer.append(entry('a'));
  await Promise.resolve();
  expect(disk.batches).toEqual([['a']]);
  disk.finish();
  await a;
  const b = writer.append(entry('b'));
  clock.advance(19);
  const c = writer.append(entry('c'));
  await Promise.resolve();
  expect(disk.batches).toEqual([['a']]);
  clock.advance(1);
  expect(disk.batches.at(-1)).toEqual(['b', 'c']);
  disk.finish();
  await Promise.all([b, c]);
  clock.advance(20);
  expect(clock.pending).toBe(0);
  writer.append(entry('d'));
  await Promise.resolve();
  expect(disk.batches.at(-1)).toEqual(['d']);
});

test('after a commit that took longer than the interval the next one begins at once', async () => {
  const disk = new Disk();
  const clock = new FakeClock();
  const writer = writerOn(disk, { clock, interval: 20 });
  const a = writer.append(entry('a'));
  await Promise.resolve();
  writer.append(entry('b'));
  clock.advance(25);
  expect(disk.batches).toEqual([['a']]);
  const second = disk.begun();
  disk.finish();
  await Promise.all([a, second]);
  expect(disk.batches).toEqual([['a'], ['b']]);
});

test('flushing does not wait for the interval, nor for what comes later', async () => {
  const disk = new Disk();
  const clock = new FakeClock();
  const writer = writerOn(disk, { clock, interval: 20 });
  writer.append(entry('a'));
  await Promise.resolve();
  writer.append(entry('b'));
  const flushed = writer.flush();
  const second = disk.begun();
  disk.finish();
  await second;
  writer.append(entry('c'));
  disk.finish();
  await flushed;
  expect(disk.batches).toEqual([['a'], ['b']]);
  const third = disk.begun();
  const closed = writer.close();
  await third;
  disk.finish();
  await closed;
  expect(clock.pending).toBe(0);
});

test('what waits is known, and how long a group took from its first entry until it was on disk', async () => {
  const disk = new Disk();
  const clock = new FakeClock();
  const writer = writerOn(disk, { clock });
  const first = disk.begun();
  const appends = [writer.append(entry('a', 'é'))];
  await first;
  clock.advance(3);
  const second = disk.begun();
  appends.push(writer.append(entry('b')), writer.append(entry('c')));
  // Two bytes and one of the sender; then 4 and 1, twice.
  expect(writer.stats().waitingBytes).toBe(13);
  clock.advance(4);
  disk.finish();
  await second;
  expect(writer.stats().waitingBytes).toBe(10);
  clock.advance(13);
  disk.finish();
  await Promise.all(appends);
  const { commits, waitingBytes } = writer.stats();
  expect([commits.count, commits.sum, waitingBytes]).toEqual([2, 7 + 17, 0]);
  expect([10, 25].map((bound) => commits.upTo()[commits.bounds.indexOf(bound)])).toEqual([1, 2]);
});

test('a group that failed says nothing of how long the disk takes', async () => {
  const disk = new Disk();
  const writer = writerOn(disk);
  const begun = disk.begun();
  const refused = expect(writer.append(entry('a'))).rejects.toThrow('disk full');
  await begun;
  disk.finish(new Error('disk full'));
  await refused;
  expect(writer.stats()).toMatchObject({ waitingBytes: 0, commits: { count: 0 } });
});
