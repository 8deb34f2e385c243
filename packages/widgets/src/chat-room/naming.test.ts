import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { Naming } from './naming.js';

function scene(guest: boolean) {
  const chat = fakeChat({ guest });
  const room = chat.room('lobby');
  return { chat, room, naming: new Naming({ chat: () => chat, room: () => room, ours: () => true }) };
}

test('who has an account, or a name from before, is not asked', () => {
  const account = scene(false).naming;
  expect(account.needed).toBe(false);
  const guest = scene(true).naming;
  guest.chosen = true;
  expect(guest.needed).toBe(false);
});

test('who was refused joins under the new name', () => {
  const { chat, room, naming } = scene(true);
  room.refuse('nick-conflict');
  expect(naming.take('Mira 2')).toBe(true);
  expect(chat.log).toEqual(['join Mira 2']);
});
