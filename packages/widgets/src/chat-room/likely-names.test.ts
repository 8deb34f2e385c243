import { fakeChat, mkMessage } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { likelyNames } from './likely-names.js';

test('who spoke last comes first, and nobody is offered to themselves', () => {
  const said = [
    mkMessage({ key: '1', nick: 'Zed' }),
    mkMessage({ key: '2', nick: 'Sasha', own: true }),
    mkMessage({ key: '3', nick: 'Ana' }),
  ];
  const room = fakeChat({ room: { messages: said, occupants: 0 } }).room('lobby');
  room.enter('Bo');
  expect([...likelyNames(room)]).toEqual(['Ana', 'Zed', 'Bo']);
});
