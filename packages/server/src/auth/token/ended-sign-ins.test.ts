import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { EndedSignIns } from './ended-sign-ins.js';

const domain = parseDomainJid('chat.example') ?? expect.unreachable();
const mira = bareJid('mira', domain) ?? expect.unreachable();
const joe = bareJid('joe', domain) ?? expect.unreachable();

test('a sign-in that has ended is remembered as long as its tokens last', () => {
  const clock = new FakeClock();
  const ended = new EndedSignIns(clock, { life: 1000, most: 10 });
  ended.add(mira, 'a');
  expect([ended.has(mira, 'a'), ended.has(mira, 'b'), ended.has(joe, 'a')]).toEqual([true, false, false]);
  clock.advance(999);
  expect(ended.has(mira, 'a')).toBe(true);
  clock.advance(1);
  expect(ended.has(mira, 'a')).toBe(false);
  ended.add(mira, 'b');
  expect(ended.size).toBe(1);
});

test('memory is bounded, and the oldest goes first', () => {
  const ended = new EndedSignIns(new FakeClock(), { life: 1000, most: 2 });
  for (const signIn of ['a', 'b', 'a', 'c']) ended.add(mira, signIn);
  expect(ended.size).toBe(2);
  expect(['a', 'b', 'c'].map((signIn) => ended.has(mira, signIn))).toEqual([true, false, true]);
});
