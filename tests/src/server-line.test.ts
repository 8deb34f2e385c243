import type { Chat, Room } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './until.js';

let server: TestServer;
const links: PairedLink[] = [];
const chats: Chat[] = [];

beforeEach(async () => {
  server = await createTestServer();
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  links.length = 0;
  await server.stop();
});

/** A browser of somebody, told apart by their seed. */
function browser(seed: number): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      links.push(mine);
      server.accept(theirs);
      return mine;
    },
  });
}

function open(page: TestBrowser): Chat {
  const chat = page.open({ server: 'http://localhost' });
  chats.push(chat);
  chat.start();
  return chat;
}

const joined = (room: Room) => until(room.status, ({ state }) => state === 'joined');
const shows = (room: Room, text: string) =>
  until(room.messages, (rows) => rows.some((row) => row.text === text && row.delivery.state === 'delivered'));
const texts = (room: Room) => room.messages.value.map((row) => row.text);

async function enter(chat: Chat, nick: string): Promise<Room> {
  const room = chat.room('lobby');
  room.join({ nick });
  await joined(room);
  return room;
}

test('two guests sign in, join a room and chat', async () => {
  const anna = await enter(open(browser(1)), 'anna');
  const ben = await enter(open(browser(2)), 'ben');
  anna.send('hello');
  await Promise.all([shows(anna, 'hello'), shows(ben, 'hello')]);
  ben.send('hi anna');
  await Promise.all([shows(anna, 'hi anna'), shows(ben, 'hi anna')]);
  for (const room of [anna, ben]) {
    expect(texts(room)).toEqual(['hello', 'hi anna']);
    // Changes of who is here are gathered for a while.
    const both = until(room.occupants, (occupants) => occupants.size === 2);
    server.clock.advance(1000);
    expect([...(await both).keys()].sort()).toEqual(['anna', 'ben']);
  }
});

test('a reload goes on with the same session: nobody sees a leave, nothing is lost or doubled', async () => {
  const page = browser(1);
  const before = open(page);
  const anna = await enter(before, 'anna');
  const ben = await enter(open(browser(2)), 'ben');
  anna.send('before');
  await shows(ben, 'before');
  const seen: string[] = [];
  links[1]?.onText((text) => void (text.startsWith('<presence') && seen.push(text)));
  const me = before.me.value?.jid;

  page.leave();
  ben.send('while away');
  const after = open(page);
  await until(after.status, ({ state }) => state === 'online');
  expect(after.status.value).toMatchObject({ link: 'websocket', resumed: true });
  expect(after.me.value?.jid).toBe(me);
  const again = await enter(after, 'anna');
  await shows(again, 'while away');
  again.send('after');
  await Promise.all([shows(again, 'after'), shows(ben, 'after')]);
  expect(texts(again)).toEqual(['before', 'while away', 'after']);
  expect(texts(ben)).toEqual(['before', 'while away', 'after']);
  expect(seen).toEqual([]);
});

test('a link that breaks is replaced, and what was said meanwhile arrives once', async () => {
  const anna = await enter(open(browser(1)), 'anna');
  const ben = await enter(open(browser(2)), 'ben');
  links[0]?.cut();
  anna.send('into the dark');
  ben.send('hello?');
  await shows(ben, 'hello?');
  server.clock.advance(60_000);
  await Promise.all([shows(anna, 'hello?'), shows(ben, 'into the dark')]);
  expect(texts(ben).sort()).toEqual(['hello?', 'into the dark']);
  expect(texts(anna).sort()).toEqual(['hello?', 'into the dark']);
});
