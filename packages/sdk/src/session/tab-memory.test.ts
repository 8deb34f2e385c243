import { expect, test } from 'vitest';
import { TabMemory } from './tab-memory.js';
import { FakePlatform, fakeLocks } from './testing/fake-platform.js';
import { idle } from './testing/world.js';

const STATE = { exact: true, unacknowledged: [], waiting: [] };
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
  const first = new TabMemory(platform, 'k');
  expect(first.keep('rooms', () => ['lobby'])).toBeUndefined();
  expect(await found(first)).toEqual({ snapshot: undefined, foreign: false });
  first.save({ ...STATE, waiting: ['<message/>'] });
  const copy = new TabMemory(platform, 'k');
  expect(copy.keep('rooms', () => undefined)).toEqual(['lobby']);
  // The first page still has it: the copy of a duplicated tab begins anew.
  expect(await found(copy)).toEqual({ snapshot: undefined, foreign: false });
  first.release();
  copy.release();
  await idle();
  expect((await found(new TabMemory(platform, 'k')))?.snapshot).toMatchObject({ waiting: ['<message/>'] });
});

test('what is not claimed is not written, but what was to be sent is added', async () => {
  const platform = new FakePlatform();
  const memory = new TabMemory(platform, 'k');
  memory.save(STATE);
  expect(platform.stores.session.getItem('k')).toBeNull();
  memory.leaveBehind([]);
  expect(platform.stores.session.getItem('k')).toBeNull();
  memory.leaveBehind(['<a/>']);
  memory.leaveBehind(['<b/>']);
  const next = await found(new TabMemory(platform, 'k'));
  expect(next?.snapshot).toMatchObject({ exact: false, waiting: ['<a/>', '<b/>'] });
});

test('a page that comes back sees whether another has written since', async () => {
  const platform = new FakePlatform();
  const first = new TabMemory(platform, 'k');
  await found(first);
  first.save(STATE);
  first.release();
  expect(await found(first)).toMatchObject({ foreign: false });
  first.save(STATE);
  first.release();
  const other = new TabMemory(platform, 'k');
  await found(other);
  other.save({ ...STATE, waiting: ['<a/>'] });
  expect(await found(first)).toMatchObject({ foreign: true });
});

test('a claim that is not wanted any more is let go', async () => {
  const locks = fakeLocks();
  const memory = new TabMemory(Object.assign(new FakePlatform(), { locks }), 'k');
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
