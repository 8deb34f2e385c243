import { expect, test } from 'vitest';
import { ON_DEMAND } from './lazy-parts.js';
import { TabMemory } from './tab-memory.js';
import { FakePlatform, fakeLocks } from './testing/fake-platform.js';
import { idle } from './testing/world.js';

const STATE = { exact: true, unacknowledged: [], waiting: [] };
const open = (platform: FakePlatform) => new TabMemory(platform, 'k', ON_DEMAND.readBack);
const never = new AbortController().signal;

async function found(memory: TabMemory) {
  let what: Parameters<Parameters<TabMemory['claim']>[1]>[0] | undefined;
  await memory.claim(never, (it) => {
    what = it;
  });
  return what;
}

test('the next page finds what features keep and what is claimed, one page at a time', async () => {
  const platform = Object.assign(new FakePlatform(), { locks: fakeLocks() });
  const first = open(platform);
  const restored: unknown[] = [];
  const restore = (kept: unknown) => restored.push(kept);
  first.keep('rooms', () => ['lobby'], restore);
  expect(restored).toEqual([undefined]);
  expect(await found(first)).toEqual({ snapshot: undefined, foreign: false });
  first.save({ ...STATE, waiting: ['<message/>'] });
  const copy = open(platform);
  copy.keep('rooms', () => undefined, restore);
  // The first page still has it: the copy of a duplicated tab begins anew.
  expect(await found(copy)).toEqual({ snapshot: undefined, foreign: false });
  expect(restored).toEqual([undefined, ['lobby']]);
  first.release();
  copy.release();
  await idle();
  expect((await found(open(platform)))?.snapshot).toMatchObject({ waiting: ['<message/>'] });
});

test('what is not claimed is not written, but what was to be sent is added', async () => {
  const platform = new FakePlatform();
  const memory = open(platform);
  memory.save(STATE);
  expect(platform.stores.session.getItem('k')).toBeNull();
  memory.leaveBehind([]);
  expect(platform.stores.session.getItem('k')).toBeNull();
  memory.leaveBehind(['<a/>']);
  memory.leaveBehind(['<b/>']);
  const next = await found(open(platform));
  expect(next?.snapshot).toMatchObject({ exact: false, waiting: ['<a/>', '<b/>'] });
});

test('what another release has written keeps nothing that was to be sent from arriving', async () => {
  const platform = new FakePlatform();
  platform.stores.session.setItem('k', JSON.stringify({ v: 0, id: 'old', waiting: ['<old/>'] }));
  open(platform).leaveBehind(['<a/>']);
  expect((await found(open(platform)))?.snapshot).toMatchObject({ exact: false, waiting: ['<a/>'] });
});

test('a page that comes back sees whether another has written since', async () => {
  const platform = new FakePlatform();
  const first = open(platform);
  await found(first);
  first.save(STATE);
  first.release();
  expect(await found(first)).toMatchObject({ foreign: false });
  first.save(STATE);
  first.release();
  const other = open(platform);
  await found(other);
  other.save({ ...STATE, waiting: ['<a/>'] });
  expect(await found(first)).toMatchObject({ foreign: true });
});

test('a claim that is not wanted any more is let go', async () => {
  const locks = fakeLocks();
  const memory = open(Object.assign(new FakePlatform(), { locks }));
  const abort = new AbortController();
  let taken = false;
  const claimed = memory.claim(abort.signal, () => {
    taken = true;
  });
  abort.abort();
  await claimed;
  expect([taken, memory.claimed]).toEqual([false, false]);
  await idle();
  expect(locks.held.size).toBe(0);
});
