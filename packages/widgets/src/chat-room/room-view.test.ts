import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { RoomView } from './room-view.js';

test('hears its own room only, and nothing after closing', () => {
  const chat = fakeChat();
  const heard: string[] = [];
  let released = 0;
  const room = chat.room('lobby');
  const lease = { chat, room, release: () => void released++ };
  const view = new RoomView(lease, {
    onChange: () => {},
    onStatus: () => {},
    onMessage: ({ text }) => heard.push(text),
    onNotice: ({ nick }) => heard.push(nick),
    onPeople: () => {},
  });
  expect(chat.watchers).toBeGreaterThan(0);
  chat.room('garden').receive({ text: 'elsewhere' });
  chat.room('garden').remove('Somebody');
  room.receive({ text: 'here' });
  room.remove('Joe');
  view.close(false);
  room.receive({ text: 'too late' });
  room.remove('Mira');
  expect(heard).toEqual(['here', 'Joe']);
  expect(chat.watchers).toBe(0);
  expect(released).toBe(1);
});
