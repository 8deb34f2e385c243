import type { ChatStatus, RoomStatus } from '@meerkat-chat/sdk';
import { expect, test } from 'vitest';
import { conditionOf } from './condition.js';

const online: ChatStatus = { state: 'online', link: 'websocket', resumed: false };
const joined: RoomStatus = { state: 'joined', nick: 'Mira' };

test.each<[string, ChatStatus, RoomStatus, object]>([
  ['all is well', online, joined, { kind: 'fine' }],
  ['first connection', { state: 'connecting' }, { state: 'joining' }, { kind: 'waiting', lost: false }],
  ['entering the room', online, { state: 'joining' }, { kind: 'waiting', lost: false }],
  ['lost', { state: 'reconnecting', attempt: 1 }, joined, { kind: 'waiting', lost: true }],
  ['no network', { state: 'offline' }, joined, { kind: 'offline' }],
  ['signed out', { state: 'closed' }, joined, { kind: 'refused', cause: { by: 'person' } }],
])('%s', (_, chat, room, expected) => {
  expect(conditionOf(chat, room)).toEqual(expected);
});

test('a refused connection counts whatever the room says', () => {
  const status = { state: 'refused', reason: 'replaced' } as const;
  const condition = conditionOf(status, { state: 'refused', reason: 'full' });
  expect(condition).toEqual({ kind: 'refused', cause: { by: 'chat', status } });
});

test('a refused room does not hide that there is no network', () => {
  const condition = conditionOf({ state: 'offline' }, { state: 'refused', reason: 'full' });
  expect(condition).toEqual({ kind: 'offline' });
});
