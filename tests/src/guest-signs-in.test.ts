import type { Chat, ChatAuth, Room } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './until.js';

let server: TestServer;
let links: PairedLink[] = [];
const chats: Chat[] = [];

beforeEach(async () => {
  server = await createTestServer();
  links = [];
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  await server.stop();
});

function browser(seed = 1): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    subtle: crypto.subtle,
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      links.push(mine);
      server.accept(theirs);
      return mine;
    },
  });
}

async function open(page: TestBrowser, auth: ChatAuth = { kind: 'guest', nick: 'Mira' }): Promise<Chat> {
  const chat = page.open({ server: 'http://localhost', auth });
  chats.push(chat);
  chat.start();
  await until(chat.status, ({ state }) => state === 'online');
  return chat;
}

async function join(chat: Chat): Promise<Room> {
  const room = chat.room('hall');
  room.join();
  await until(room.status, ({ state }) => state === 'joined');
  return room;
}

const delivered = (room: Room, count: number) =>
  until(
    room.messages,
    (rows) => rows.filter(({ delivery }) => delivery.state === 'delivered').length >= count,
  );
const texts = (room: Room) => room.messages.value.map(({ text, own }) => `${own ? '*' : ''}${text}`);
const site = async (user: string, name: string): Promise<ChatAuth> => ({
  kind: 'token',
  token: await server.siteToken(user, { name }),
});

test('a guest who signs in keeps the room, what was said, and what is their own', async () => {
  const chat = await open(browser());
  const room = await join(chat);
  const joe = await join(await open(browser(2), { kind: 'guest', nick: 'Joe' }));
  room.send('one');
  await delivered(joe, 1);
  joe.send('two');
  await delivered(room, 2);
  const states: string[] = [];
  chat.status.subscribe(({ state }) => states.push(state));
  const seen: string[][] = [];
  joe.occupants.subscribe((all) => seen.push([...all.keys()].sort()));
  const rows = room.messages.value;

  await chat.signIn(await site('mira', 'Mira Kim'));
  await until(room.status, (status) => status.state === 'joined' && status.nick === 'Mira Kim');
  expect(chat.me.value).toMatchObject({ account: 'mira@localhost', guest: false });
  expect(room.messages.value).toEqual(rows);
  expect(states.filter((state) => state !== 'online')).toEqual([]);
  room.send('three');
  await delivered(joe, 3);
  await delivered(room, 3);
  expect(texts(room)).toEqual(['*one', 'two', '*three']);
  expect(texts(joe)).toEqual(['one', '*two', 'three']);
  // Presences of others are shown together.
  server.clock.advance(100);
  await until(joe.occupants, (all) => all.size === 2 && all.has('Mira Kim'));
  // One leaves and one comes: never is somebody there twice.
  expect(seen.every((nicks) => !(nicks.includes('Mira') && nicks.includes('Mira Kim')))).toBe(true);
});

test('what is said in the very moment arrives once, and in order', async () => {
  const chat = await open(browser());
  const room = await join(chat);
  const joe = await join(await open(browser(2), { kind: 'guest', nick: 'Joe' }));
  room.send('before');
  const signing = chat.signIn(await site('mira', 'Mira Kim'));
  for (let at = 0; at < 5; at++) {
    room.send(`${at}`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await signing;
  room.send('after');
  await delivered(joe, 7);
  await delivered(room, 7);
  expect(texts(joe)).toEqual(['before', '0', '1', '2', '3', '4', 'after']);
  expect(texts(room)).toEqual(texts(joe).map((text) => `*${text}`));
});

test('what waited for a link is said by the one who signs in', async () => {
  const chat = await open(browser());
  const room = await join(chat);
  const joe = await join(await open(browser(2), { kind: 'guest', nick: 'Joe' }));
  links[0]?.cut();
  room.send('waits');
  await chat.signIn(await site('mira', 'Mira Kim'));
  await delivered(joe, 1);
  await delivered(room, 1);
  expect([texts(joe), texts(room)]).toEqual([['waits'], ['*waits']]);
});

test('a sign-in that fails leaves the guest where they are', async () => {
  const chat = await open(browser());
  const room = await join(chat);
  await expect(chat.signIn({ kind: 'token', token: 'nonsense' })).rejects.toMatchObject({
    name: 'SignInError',
    status: { state: 'refused', reason: 'not-authorized' },
  });
  expect(chat.me.value?.guest).toBe(true);
  room.send('still here');
  await delivered(room, 1);
  await expect(chat.signIn(await site('mira', 'Mira'))).resolves.toBeUndefined();
  await expect(chat.signIn(await site('joe', 'Joe'))).rejects.toThrow(TypeError);
});

test('the guest is gone: a reload goes on as who has signed in, in the room', async () => {
  const page = browser();
  const chat = await open(page);
  const room = await join(chat);
  room.send('mine');
  await delivered(room, 1);
  const auth = await site('mira', 'Mira Kim');
  await chat.signIn(auth);
  await until(room.status, ({ state }) => state === 'joined');
  const after = await open(page, auth);
  expect(after.status.value).toMatchObject({ resumed: true });
  expect(after.me.value?.account).toBe('mira@localhost');
  const again = after.room('hall');
  await until(again.messages, (rows) => rows.length > 0);
  expect(texts(again)).toEqual(['*mine']);
});

test('under the same name, with an own archive to read later', async () => {
  const chat = await open(browser());
  const room = await join(chat);
  for (let at = 0; at < 3; at++) room.send(`${at}`);
  await delivered(room, 3);
  await chat.signIn(await site('mira', 'Mira'));
  await until(room.status, ({ state }) => state === 'joined');
  expect(room.status.value).toMatchObject({ nick: 'Mira' });
  await room.loadOlder();
  expect(texts(room)).toEqual(['*0', '*1', '*2']);
});
