import { type FakeChat, fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { Sessions } from './connect.js';

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

test('elements of one server share a session, which closes with the last of them', () => {
  const { made, sessions } = page();
  const one = sessions.open({ server, room: 'lobby' });
  const two = sessions.open({ server, room: 'garden' });
  expect(made).toHaveLength(1);
  one.release();
  one.release();
  expect(made[0]?.log).toEqual(['start', 'join', 'join', 'leave']);
  two.release();
  expect(made[0]?.log.at(-1)).toBe('close');
  expect(sessions.size).toBe(0);
});

test('another server is another session', () => {
  const { made, sessions } = page();
  sessions.open({ server, room: 'lobby' });
  sessions.open({ server: 'https://other.example', room: 'lobby' });
  expect(made).toHaveLength(2);
});

test('who signs in as somebody else is in another session, and a guest in none of theirs', () => {
  const { made, sessions } = page();
  const mira = { kind: 'token', token: 'x' } as const;
  const [one, two] = [0, 1].map(() => sessions.open({ server, room: 'lobby', auth: mira }));
  sessions.open({ server, room: 'lobby', auth: { ...mira } });
  sessions.open({ server, room: 'lobby', auth: { kind: 'cookie' } });
  sessions.open({ server, room: 'lobby' });
  expect(made).toHaveLength(4);
  expect(one?.chat).toBe(two?.chat);
});

test('who has signed out comes back in another session', async () => {
  const { made, sessions } = page();
  const one = sessions.open({ server, room: 'lobby' });
  await one.chat.signOut();
  const two = sessions.open({ server, room: 'lobby' });
  expect(two.chat).not.toBe(one.chat);
  one.release();
  expect(made[1]?.log.at(-1)).toBe('join');
  expect(sessions.size).toBe(1);
});

test('a room shown twice is joined once and left once', () => {
  const { made, sessions } = page();
  sessions.open({ server, room: 'garden' });
  const one = sessions.open({ server, room: 'lobby', nick: 'Mira' });
  const two = sessions.open({ server, room: 'lobby', nick: 'Jonas' });
  expect(one.room).toBe(two.room);
  one.release();
  expect(made[0]?.log).toEqual(['start', 'join', 'join Mira']);
  two.release();
  expect(made[0]?.log.at(-1)).toBe('leave');
});

test('the last element of a page closes the session and leaves no room: the next page goes on', () => {
  const { made, sessions } = page();
  sessions.open({ server, room: 'lobby' }).release();
  expect(made[0]?.log).toEqual(['start', 'join', 'close']);
});

test('unless nobody goes on as the same person', () => {
  const { made, sessions } = page();
  sessions.open({ server, room: 'lobby' }).release(true);
  expect(made[0]?.log).toEqual(['start', 'join', 'leave', 'close']);
});

test("a page's own chat is never closed, and a room it was in already is not left", () => {
  const { sessions } = page();
  const chat = fakeChat();
  sessions.open({ chat, server, room: 'lobby' }).release();
  expect(chat.log).toEqual(['start']);
  expect(sessions.size).toBe(0);
});

test('a malformed room leaves nothing behind', () => {
  const { made, sessions } = page();
  expect(() => sessions.open({ server, room: 'a b' })).toThrow(RangeError);
  expect(made[0]?.log.at(-1)).toBe('close');
  expect(sessions.size).toBe(0);
});
