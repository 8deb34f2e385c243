import { type FakeChat, fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { Sessions } from '../connect.js';
import { signInPlace } from './in-place.js';

function page() {
  const made: FakeChat[] = [];
  const make = () => {
    const chat = fakeChat({ room: { status: { state: 'idle' } } });
    made.push(chat);
    return chat;
  };
  const sessions = new Sessions(make);
  return { made, sessions };
}
const server = 'https://chat.example';

test('a guest who becomes somebody stays in the session, which is that somebody’s from then on', async () => {
  const { made, sessions } = page();
  const mira = { kind: 'token', token: 'x' } as const;
  const guest = sessions.open({ server, room: 'lobby' });
  await Promise.all([signInPlace(guest.chat, mira, sessions), signInPlace(guest.chat, mira, sessions)]);
  expect(made[0]?.log.filter((line) => line.startsWith('signIn'))).toEqual(['signIn token']);
  expect(sessions.open({ server, room: 'lobby', auth: mira }).chat).toBe(guest.chat);
  expect(sessions.open({ server, room: 'lobby' }).chat).not.toBe(guest.chat);
});

test('where that fails, the session is the guest’s as before', async () => {
  const { made, sessions } = page();
  const guest = sessions.open({ server, room: 'lobby' });
  const [chat] = made;
  if (chat) chat.signIn = () => Promise.reject(new Error('no'));
  await expect(signInPlace(guest.chat, { kind: 'cookie' }, sessions)).rejects.toThrow('no');
  expect(sessions.open({ server, room: 'lobby' }).chat).toBe(guest.chat);
  await expect(signInPlace(fakeChat(), { kind: 'cookie' }, sessions)).rejects.toThrow(TypeError);
});

test('a guest whom another element keeps is nobody’s to sign in', async () => {
  const { made, sessions } = page();
  const mira = { kind: 'token', token: 'x' } as const;
  let stays = true;
  const one = sessions.open({ server, room: 'lobby', stays: () => false });
  const two = sessions.open({ server, room: 'garden', stays: () => stays });
  await expect(signInPlace(one.chat, mira, sessions)).rejects.toThrow(TypeError);
  expect(made[0]?.log).not.toContain('signIn token');
  expect(sessions.open({ server, room: 'garden' }).chat).toBe(two.chat);

  // It wants to sign in as well, by now; or it is gone.
  stays = false;
  await signInPlace(one.chat, mira, sessions);
  expect(made[0]?.log).toContain('signIn token');
  const [three, four] = ['lobby', 'garden'].map((room) => sessions.open({ server, room, stays: () => true }));
  three?.release();
  four?.release();
  expect(sessions.size).toBe(1);
});
