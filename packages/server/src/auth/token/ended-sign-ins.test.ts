import { type BareJid, bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { MemoryEndedSignIns } from '../../storage/memory-ended-sign-ins.js';
import { MAX_SIGN_IN } from './claims.js';
import { EndedSignIns, type EndedSignInsOptions } from './ended-sign-ins.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const mira = bareJid('mira', domain) ?? expect.unreachable();
const joe = bareJid('joe', domain) ?? expect.unreachable();

const store = () => new MemoryEndedSignIns();
const remembering = (options: Pick<EndedSignInsOptions, 'clock' | 'life' | 'most' | 'store'>) =>
  new EndedSignIns({ ...options, secret: Buffer.alloc(32, 7) });

test('a sign-in that has ended is remembered as long as its tokens last', async () => {
  const clock = new FakeClock();
  const ended = remembering({ clock, life: 1000, most: 10, store: store() });
  const has = (account: BareJid, signIn: string) => ended.has({ account, signIn, madeAt: undefined });
  await ended.add(mira, 'a');
  expect([has(mira, 'a'), has(mira, 'b'), has(joe, 'a')]).toEqual([true, false, false]);
  clock.advance(999);
  expect(has(mira, 'a')).toBe(true);
  clock.advance(1);
  expect(has(mira, 'a')).toBe(false);
});

test('memory is bounded, and the oldest goes first', async () => {
  const kept = store();
  const ended = remembering({ clock: new FakeClock(), life: 1000, most: 2, store: kept });
  for (const signIn of ['a', 'b', 'a', 'c']) await ended.add(mira, signIn);
  expect(ended.size).toBe(2);
  expect(['a', 'b', 'c'].map((signIn) => ended.has({ account: mira, signIn, madeAt: undefined }))).toEqual([
    true,
    false,
    true,
  ]);
  expect(await kept.list({ limit: 9 })).toHaveLength(2);
});

test('all of somebody end: what was made before the second of that is refused, whatever its sign-in', async () => {
  const clock = new FakeClock();
  const ended = remembering({ clock, life: 10_000, most: 10, store: store() });
  clock.advance(1500 - (clock.now() % 1000));
  const now = clock.now();
  await ended.add(mira, undefined);
  const has = (madeAt: number | undefined, account = mira) => ended.has({ account, signIn: 'a', madeAt });
  expect([now - 2000, now - 501, now - 500, now, undefined].map((at) => has(at))).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(has(now - 2000, joe)).toBe(false);
  clock.advance(10_000);
  expect(has(now - 2000)).toBe(false);
});

test('a restart forgets nothing, and nobody reads names in the storage', async () => {
  const clock = new FakeClock();
  const kept = store();
  const before = remembering({ clock, life: 10_000, most: 10, store: kept });
  const madeAt = clock.now() - 4000;
  await before.add(mira, 'a');
  clock.advance(2000);
  await before.add(joe, undefined);
  const has = (ended: EndedSignIns, account: BareJid) => ended.has({ account, signIn: 'a', madeAt });
  const after = remembering({ clock, life: 10_000, most: 10, store: kept });
  expect([has(after, mira), has(after, joe)]).toEqual([false, false]);
  await after.load();
  expect([has(after, mira), has(after, joe)]).toEqual([true, true]);
  expect(JSON.stringify(await kept.list({ limit: 9 }))).not.toMatch(/mira|joe|chat/);
  clock.advance(8000);
  expect([has(after, mira), has(after, joe)]).toEqual([false, true]);
});

test('of more than are remembered, those that ended last are known after a restart', async () => {
  const clock = new FakeClock();
  const kept = store();
  const before = remembering({ clock, life: 1e9, most: 2000, store: kept });
  for (let n = 0; n < 1001; n++) {
    clock.advance(1);
    await before.add(mira, `${n}`);
  }
  const after = async (most: number) => {
    const ended = remembering({ clock, life: 1e9, most, store: kept });
    await ended.load();
    return [0, 1, 2, 1000].filter((n) => ended.has({ account: mira, signIn: `${n}`, madeAt: undefined }));
  };
  expect(await after(1001)).toEqual([0, 1, 2, 1000]);
  expect(await after(1000)).toEqual([1, 2, 1000]);
});

test('what nothing can be good for any more is swept out of memory and storage', async () => {
  const clock = new FakeClock();
  const kept = store();
  const ended = remembering({ clock, life: 600_000, most: 10, store: kept });
  await ended.add(mira, 'a');
  const off = ended.startSweeping((error) => expect.unreachable(String(error)));
  clock.advance(1);
  await ended.add(mira, 'b');
  clock.advance(600_000 - 2);
  expect(ended.size).toBe(2);
  clock.advance(1);
  expect(ended.size).toBe(1);
  expect(await kept.list({ limit: 9 })).toHaveLength(1);
  off();
  expect(clock.pending).toBe(0);
});

test('a name that no sign-in can have is not kept, nor taken for all of them', async () => {
  const kept = store();
  const ended = remembering({ clock: new FakeClock(), life: 1000, most: 10, store: kept });
  for (const signIn of ['', 'a'.repeat(MAX_SIGN_IN + 1)]) await ended.add(mira, signIn);
  expect(ended.size).toBe(0);
  await ended.add(mira, 'a'.repeat(MAX_SIGN_IN));
  expect(await kept.list({ limit: 9 })).toHaveLength(1);
  expect(ended.has({ account: mira, signIn: undefined, madeAt: 0 })).toBe(false);
});

test('an end holds although it could not be written, and who asked for it hears of that', async () => {
  const full = store();
  full.note = () => Promise.reject(new Error('the disk is full'));
  const ended = remembering({ clock: new FakeClock(), life: 1000, most: 10, store: full });
  await expect(ended.add(mira, 'a')).rejects.toThrow('the disk is full');
  expect(ended.has({ account: mira, signIn: 'a', madeAt: undefined })).toBe(true);
});
