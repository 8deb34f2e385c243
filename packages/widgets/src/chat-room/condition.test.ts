import type { ChatStatus, RoomStatus } from '@meerkat-chat/sdk';
import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { conditionOf } from './condition.js';

const online: ChatStatus = { state: 'online', link: 'websocket', resumed: false };
const joined: RoomStatus = { state: 'joined', nick: 'Mira' };

test.each<[string, ChatStatus, RoomStatus, object]>([
  ['all is well', online, joined, { kind: 'fine' }],
  ['first connection', { state: 'connecting' }, { state: 'joining' }, { kind: 'waiting', lost: false }],
  ['entering the room', online, { state: 'joining' }, { kind: 'waiting', lost: false }],
  ['lost', { state: 'reconnecting', attempt: 1 }, joined, { kind: 'waiting', lost: true }],
  ['no network', { state: 'offline' }, joined, { kind: 'offline' }],
])('%s', (_, chat, room, expected) => {
  expect(conditionOf(chat, room, en)).toEqual(expected);
});

test('a refused connection explains itself whatever the room says', () => {
  const condition = conditionOf({ state: 'refused', reason: 'replaced' }, joined, en);
  expect(condition).toMatchObject({ kind: 'refused', remedy: 'retry', action: en.useHere });
});

test('a name that is taken asks for another one', () => {
  const condition = conditionOf(online, { state: 'refused', reason: 'nick-conflict' }, en);
  expect(condition).toMatchObject({ kind: 'refused', remedy: 'name' });
});

test('a kick says who and why, and a ban offers no way back by itself', () => {
  const kick = conditionOf(online, { state: 'refused', reason: 'kicked', by: 'Mira', text: 'spam' }, en);
  expect(kick).toMatchObject({ title: 'Mira removed you from the room.', words: 'spam', remedy: 'join' });
  expect(conditionOf(online, { state: 'refused', reason: 'banned' }, en)).not.toHaveProperty('remedy');
});

test('a refused room does not hide that there is no network', () => {
  const condition = conditionOf({ state: 'offline' }, { state: 'refused', reason: 'full' }, en);
  expect(condition).toEqual({ kind: 'offline' });
});
