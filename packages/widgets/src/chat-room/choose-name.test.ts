import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { chooseName } from './choose-name.js';
import { Naming } from './naming.js';

function scene(guest: boolean) {
  const chat = fakeChat({ guest });
  const room = chat.room('lobby');
  return { chat, room, naming: new Naming({ chat: () => chat, room: () => room, ours: () => true }) };
}

test('a guest is asked for a name, until one is chosen', async () => {
  const { chat, naming } = scene(true);
  expect(naming.needed).toBe(true);
  expect(await chooseName(naming, 'Mira')).toBeUndefined();
  expect(naming.needed).toBe(false);
  expect(chat.log).toEqual(['changeNick Mira']);
});

test('a name that cannot be one is still to be chosen', async () => {
  const { room, naming } = scene(true);
  room.changeNick = () => {
    throw new RangeError('no name');
  };
  expect(await chooseName(naming, '\u0000')).toBe('nick-refused');
  expect(naming.needed).toBe(true);
});

test('a name that the room refuses is still to be chosen, and is not remembered', async () => {
  const { room, naming } = scene(true);
  room.changeNick = (nick) =>
    room.status.set({ state: 'joined', nick: 'guest1', nickRefused: { nick, reason: 'nick-conflict' } });
  expect(await chooseName(naming, 'Mira')).toBe('nick-conflict');
  expect(naming.needed).toBe(true);
  room.refuse('nick-conflict');
  const asked = chooseName(naming, 'Admin');
  room.refuse('nick-reserved');
  expect(await asked).toBe('nick-reserved');
});

test('without a link a name is taken at its word', async () => {
  const { chat, room, naming } = scene(true);
  chat.become({ state: 'offline' });
  room.changeNick = () => {};
  expect(await chooseName(naming, 'Mira')).toBeUndefined();
  expect(naming.needed).toBe(false);
});
