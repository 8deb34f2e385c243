import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { Naming } from './naming.js';

function scene(guest: boolean) {
  const chat = fakeChat({ guest });
  const room = chat.room('lobby');
  return { chat, room, naming: new Naming({ chat: () => chat, room: () => room, ours: () => true }) };
}

test('a guest is asked for a name, until one is chosen', async () => {
  const { chat, naming } = scene(true);
  naming.begin(undefined);
  expect(naming.needed).toBe(true);
  expect(await naming.choose('Mira')).toBeUndefined();
  expect(naming.needed).toBe(false);
  expect(chat.log).toEqual(['changeNick Mira']);
});

test('who has an account, or a name from before, is not asked', () => {
  const account = scene(false).naming;
  account.begin(undefined);
  expect(account.needed).toBe(false);
  const guest = scene(true).naming;
  guest.begin('Mira');
  expect(guest.needed).toBe(false);
});

test('who was refused joins under the new name', () => {
  const { chat, room, naming } = scene(true);
  room.refuse('nick-conflict');
  expect(naming.take('Mira 2')).toBe(true);
  expect(chat.log).toEqual(['join Mira 2']);
});

test('a name that cannot be one is still to be chosen', async () => {
  const { room, naming } = scene(true);
  room.changeNick = () => {
    throw new RangeError('no name');
  };
  naming.begin(undefined);
  expect(await naming.choose('\u0000')).toBe('nick-refused');
  expect(naming.needed).toBe(true);
});

test('a name that the room refuses is still to be chosen, and is not remembered', async () => {
  const { room, naming } = scene(true);
  naming.begin(undefined);
  room.changeNick = (nick) =>
    room.status.set({ state: 'joined', nick: 'guest1', nickRefused: { nick, reason: 'nick-conflict' } });
  expect(await naming.choose('Mira')).toBe('nick-conflict');
  expect(naming.needed).toBe(true);
  room.refuse('nick-conflict');
  const asked = naming.choose('Admin');
  room.refuse('nick-reserved');
  expect(await asked).toBe('nick-reserved');
});

test('without a link a name is taken at its word', async () => {
  const { chat, room, naming } = scene(true);
  naming.begin(undefined);
  chat.become({ state: 'offline' });
  room.changeNick = () => {};
  expect(await naming.choose('Mira')).toBeUndefined();
  expect(naming.needed).toBe(false);
});
