import { expect, test } from 'vitest';
import { fakeChat } from './fake-chat.js';
import { FAKE_HISTORY_LIMIT, type FakeRoomOptions } from './fake-room.js';

const lobby = (room: FakeRoomOptions = {}) => fakeChat({ room }).room('lobby');
const keys = (room: ReturnType<typeof lobby>) => room.messages.value.map(({ key }) => key);

test('keeps as many messages as a real room and forgets the oldest', () => {
  const room = lobby();
  room.flood(FAKE_HISTORY_LIMIT);
  const first = keys(room)[0];
  expect(keys(room)).toHaveLength(FAKE_HISTORY_LIMIT);
  room.flood(1);
  expect(keys(room)).toHaveLength(FAKE_HISTORY_LIMIT);
  expect(keys(room)).not.toContain(first);
});

test('what is sent is echoed, held or refused, and what waits stands last', () => {
  const room = lobby({ sending: 'hold' });
  const held = room.send('mine');
  room.receive({ key: 'theirs' });
  expect(keys(room)).toEqual(['theirs', held]);
  room.fail(held, 'too fast');
  expect(room.messages.value.at(-1)?.delivery).toEqual({ state: 'failed', reason: 'too fast' });
  room.sending = 'deliver';
  room.retry(held);
  expect(room.messages.value.find(({ key }) => key === held)?.delivery.state).toBe('delivered');
});

test('empty text is refused as by a real room', () => {
  expect(() => lobby().send('  ')).toThrow(RangeError);
});

test('older pages come before what is there until there are no more', async () => {
  const room = lobby({ messages: 3, older: 60 });
  const before = keys(room);
  await room.loadOlder();
  expect(keys(room)).toHaveLength(53);
  expect(keys(room).slice(-3)).toEqual(before);
  expect(room.older.value).toBe('maybe');
  await room.loadOlder();
  expect(room.older.value).toBe('none');
});

test('the count goes on where the list of people ends', () => {
  const room = lobby({ occupants: 5000 });
  expect(room.occupantCount.value).toBe(5001);
  expect(room.occupants.value.size).toBeLessThanOrEqual(2001);
});

test('a refused room can be joined again', () => {
  const room = lobby();
  room.refuse('kicked', { by: 'Mira' });
  expect(room.status.value).toEqual({ state: 'refused', reason: 'kicked', by: 'Mira' });
  room.join();
  expect(room.status.value).toEqual({ state: 'joining' });
  room.accept('Jonas');
  expect(room.self.value?.nick).toBe('Jonas');
});

test('who writes and who is removed is as the others play it', async () => {
  const room = lobby({ occupants: 2 });
  const [first, second] = [...room.occupants.value.keys()].filter((nick) => nick !== 'Sasha');
  if (first === undefined || second === undefined) throw new Error('there is nobody');
  room.compose(first, second);
  expect(room.typing.value).toEqual([first, second]);
  room.setTyping(true);
  expect(room.writes).toBe(true);
  await room.setVoice(second, false);
  expect(room.occupants.value.get(second)?.role).toBe('visitor');
  await room.kick(first, 'spam');
  expect([...room.occupants.value.keys()]).not.toContain(first);
});
