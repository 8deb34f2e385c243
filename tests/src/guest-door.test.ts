import type { Chat } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, expect, test } from 'vitest';
import { until } from './until.js';

let server: TestServer;
let links: PairedLink[] = [];
const chats: Chat[] = [];
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  links = [];
  await server.stop();
});

function browser(seed: number): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    subtle: crypto.subtle,
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      links.push(mine);
      server.accept(theirs, { address: '203.0.113.7' });
      return mine;
    },
  });
}

function open(page: TestBrowser, nick = 'Mira'): Chat {
  const chat = page.open({ server: 'http://localhost', auth: { kind: 'guest', nick } });
  chats.push(chat);
  chat.start();
  return chat;
}

const online = (chat: Chat) => until(chat.status, ({ state }) => state === 'online');
const refused = (chat: Chat) => until(chat.status, ({ state }) => state === 'refused');

test('one guest too many is told so, and comes in by itself when there is a place', async () => {
  server = await createTestServer({ door: { perAddress: 1 } });
  const first = open(browser(1));
  await online(first);
  const second = open(browser(2));
  await refused(second);
  expect(second.status.value).toMatchObject({ reason: 'crowded', text: expect.stringContaining('network') });
  await first.signOut();
  server.clock.advance(60_000);
  await online(second);
});

test('a guest who comes back finds no place, and is still the same when there is one', async () => {
  server = await createTestServer({ door: { perAddress: 1 }, limits: { resumeTimeout: 60_000 } });
  const page = browser(1);
  const first = open(page);
  await online(first);
  const account = first.me.value?.account;
  page.leave();
  links[0]?.cut();
  server.clock.advance(400_000);
  const other = open(browser(2));
  await online(other);
  const back = open(page);
  await refused(back);
  expect(back.status.value).toMatchObject({ reason: 'crowded' });
  await other.signOut();
  back.retry();
  await online(back);
  expect(back.me.value?.account).toBe(account);
});

test('work that is asked for is done, and let in', async () => {
  server = await createTestServer({ door: { proof: { kind: 'work', freePerAddress: 0, bits: 6 } } });
  const chat = open(browser(1));
  const states: unknown[] = [];
  chat.status.subscribe((status) => states.push(status));
  await online(chat);
  expect(states).toContainEqual({ state: 'connecting', proving: true });
  expect(chat.me.value?.guest).toBe(true);
});

test('what the site is to judge is asked of the page', async () => {
  const asked: unknown[] = [];
  server = await createTestServer({
    door: { proof: { kind: 'site', url: 'https://shop.example/proof', freePerAddress: 0 } },
    fetch: async (_url, { body }) => {
      asked.push(JSON.parse(body ?? ''));
      return { status: body?.includes('good') ? 200 : 403, text: async () => '' };
    },
  });
  const chat = open(browser(1));
  await refused(chat);
  expect(chat.status.value).toMatchObject({ reason: 'proof' });
  chat.prove('bad');
  await until(chat.status, ({ state }) => state !== 'refused');
  await refused(chat);
  chat.prove('good');
  await online(chat);
  expect(asked).toEqual(['bad', 'good'].map((answer) => ({ answer, address: '203.0.113.7' })));
});

test('the room has kept a name, and says so by a reason of its own', async () => {
  server = await createTestServer();
  await server.addUser('mira', 'secret');
  const chat = open(browser(1), 'Admin');
  await online(chat);
  const room = chat.room('hall');
  room.join();
  await until(room.status, ({ state }) => state === 'refused');
  expect(room.status.value).toMatchObject({ reason: 'nick-reserved' });
  room.join({ nick: 'Mira' });
  await until(room.status, ({ state }) => state === 'joined');
  expect(room.status.value).toMatchObject({ nick: 'Mira 2' });
});
