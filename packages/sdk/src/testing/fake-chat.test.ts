import { expect, test } from 'vitest';
import { fakeChat } from './fake-chat.js';

test('the same options give the same conversation, another seed another one', () => {
  const texts = (seed: number) =>
    fakeChat({ seed, room: { messages: 20 } })
      .room('lobby')
      .messages.value.map(({ nick, text, at }) => ({ nick, text, at }));
  expect(texts(1)).toEqual(texts(1));
  expect(texts(1)).not.toEqual(texts(2));
});

test('a room is the same object by name and by address, and a malformed name is refused', () => {
  const chat = fakeChat();
  expect(chat.room('lobby')).toBe(chat.room('lobby@rooms.chat.example'));
  expect(() => chat.room('a b')).toThrow(RangeError);
});

test('a status is shown under one id until it is withdrawn', async () => {
  const chat = fakeChat();
  expect(await chat.shareStatus()).toBeUndefined();
  const id = await chat.shareStatus(true);
  expect(id).toMatch(/^[\w-]{22,}$/);
  expect([await chat.shareStatus(true), await chat.shareStatus()]).toEqual([id, id]);
  expect(await chat.shareStatus(false)).toBeUndefined();
  expect(await chat.shareStatus(true)).not.toBe(id);
});

test('events reach their listeners until they are undone', () => {
  const chat = fakeChat();
  const heard: string[] = [];
  const off = chat.on('room-message', ({ message }) => heard.push(message.text));
  chat.room('lobby').receive({ text: 'one' });
  expect(chat.watchers).toBe(1);
  off();
  chat.room('lobby').receive({ text: 'two' });
  expect(heard).toEqual(['one']);
  expect(chat.watchers).toBe(0);
});

test('watchers counts what watches the chat and its rooms', () => {
  const chat = fakeChat();
  const offs = [chat.status.subscribe(() => {}), chat.room('lobby').messages.subscribe(() => {})];
  expect(chat.watchers).toBe(2);
  for (const off of offs) off();
  expect(chat.watchers).toBe(0);
});

test('a conversation is between two, with receipts and whether the other one is there', () => {
  const chat = fakeChat({ conversation: { messages: 6 } });
  const talk = chat.conversation('support');
  expect(chat.conversation('support@chat.example')).toBe(talk);
  expect([talk.jid, talk.occupantCount.value, talk.self.value]).toEqual([
    'support@chat.example',
    0,
    undefined,
  ]);
  expect(talk.messages.value.every(({ nick, own }) => own || nick === 'support')).toBe(true);
  talk.showHere(true);
  expect(talk.status.value).toMatchObject({ state: 'joined', here: true });
  const [one, two] = [talk.send('1'), talk.send('2')];
  for (const key of [one, two]) talk.receipt(key);
  const received = talk.messages.value.filter(
    ({ delivery }) => delivery.state === 'delivered' && delivery.received,
  );
  expect(received.map(({ key }) => key)).toEqual([two]);
  expect(() => chat.conversation('a b')).toThrow(RangeError);
});
