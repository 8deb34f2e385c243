import { type BareJid, bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { EndedSignIns } from './ended-sign-ins.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const mira = bareJid('mira', domain) ?? expect.unreachable();
const joe = bareJid('joe', domain) ?? expect.unreachable();

test('a sign-in that has ended is remembered as long as its tokens last', () => {
  const clock = new FakeClock();
  const ended = new EndedSignIns(clock, { life: 1000, most: 10 });
  const has = (account: BareJid, signIn: string) => ended.has({ account, signIn, madeAt: undefined });
  ended.add(mira, 'a');
  expect([has(mira, 'a'), has(mira, 'b'), has(joe, 'a')]).toEqual([true, false, false]);
  clock.advance(999);
  expect(has(mira, 'a')).toBe(true);
  clock.advance(1);
  expect(has(mira, 'a')).toBe(false);
  ended.add(mira, 'b');
  expect(ended.size).toBe(1);
});

test('memory is bounded, and the oldest goes first', () => {
  const ended = new EndedSignIns(new FakeClock(), { life: 1000, most: 2 });
  for (const signIn of ['a', 'b', 'a', 'c']) ended.add(mira, signIn);
  expect(ended.size).toBe(2);
  expect(['a', 'b', 'c'].map((signIn) => ended.has({ account: mira, signIn, madeAt: undefined }))).toEqual([
    true,
    false,
    true,
  ]);
});

test('all of somebody end: what was made before the second of that is refused, whatever its sign-in', () => {
  const clock = new FakeClock();
  const ended = new EndedSignIns(clock, { life: 10_000, most: 10 });
  clock.advance(1500 - (clock.now() % 1000));
  const now = clock.now();
  ended.add(mira, undefined);
  const has = (madeAt: number | undefined, account = mira) => ended.has({ account, signIn: 'a', madeAt });
  expect([now - 2000, now - 501, now - 500, now, undefined].map((at) => has(at))).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(has(now - 2000, joe)).toBe(false);
  clock.advance(10_000);
  expect(has(now - 2000)).toBe(false);
});
