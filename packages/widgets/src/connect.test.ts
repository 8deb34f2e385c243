import { type FakeChat, fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { Sessions } from './connect.js';

function page(href = 'https://news.example/storks') {
  const made: FakeChat[] = [];
  const make = () => {
    const chat = fakeChat({ room: { status: { state: 'idle' } } });
    made.push(chat);
    return chat;
  };
  const sessions = new Sessions(make, () => ({ href }));
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

test("room `page` is the page's own, whoever shows it", () => {
  const here = page('https://news.example/storks?from=mail').sessions;
  const one = here.open({ server, room: 'page' });
  expect(one.room.jid).toMatch(/^page-[a-z0-9]{13}-storks@/);
  expect(here.open({ server, room: 'page' }).room).toBe(one.room);
  const there = page('http://news.example/storks/').sessions;
  expect(there.open({ server, room: 'page' }).room.jid).toBe(one.room.jid);
});

test('a page without an address has no room, and leaves nothing behind', () => {
  const { made, sessions } = page('about:srcdoc');
  expect(() => sessions.open({ server, room: 'page' })).toThrow(RangeError);
  expect(made[0]?.log.at(-1)).toBe('close');
});

test('a person is somebody else than a room of that name', () => {
  const { made, sessions } = page();
  const person = sessions.open({ server, room: '', person: 'support' });
  const again = sessions.open({ server, room: 'ignored', person: 'support@chat.example' });
  expect([person.room.jid, again.room]).toEqual(['support@chat.example', person.room]);
  expect(sessions.open({ server, room: 'support' }).room.jid).toBe('support@rooms.chat.example');
  expect(made).toHaveLength(1);
  expect(() => sessions.open({ server, room: '', person: 'a b' })).toThrow(RangeError);
});
