import type { Chat, ChatAuth, Conversation } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './until.js';

let server: TestServer;
const chats: Chat[] = [];

beforeEach(async () => {
  server = await createTestServer({ moduleSettings: { direct: { guestsMayWrite: ['support'] } } });
  for (const name of ['support', 'romeo', 'juliet']) await server.addUser(name, name);
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  await server.stop();
});

/** A browser of somebody, told apart by their seed. */
function browser(seed: number): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    subtle: crypto.subtle,
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      server.accept(theirs);
      return mine;
    },
  });
}

const account = (name: string): ChatAuth => ({ kind: 'password', username: name, password: name });

async function open(page: TestBrowser, auth: ChatAuth = { kind: 'guest' }): Promise<Chat> {
  const chat = page.open({ server: 'http://localhost', auth });
  chats.push(chat);
  chat.start();
  await until(chat.status, ({ state }) => state === 'online');
  return chat;
}

async function talkTo(chat: Chat, person: string): Promise<Conversation> {
  const talk = chat.conversation(person);
  talk.join();
  await until(talk.status, ({ state }) => state === 'joined');
  return talk;
}

const shows = (talk: Conversation, text: string) =>
  until(talk.messages, (rows) => rows.some((row) => row.text === text && row.delivery.state === 'delivered'));
const lines = (talk: Conversation) =>
  talk.messages.value.map(({ own, text }) => `${own ? 'me' : 'them'}: ${text}`);

test('a guest writes to a signed-in person, who answers; each message stands once, with its receipt', async () => {
  const support = await open(browser(1), account('support'));
  const guest = await open(browser(2));
  const mine = await talkTo(guest, 'support');
  expect(mine.jid).toBe('support@localhost');
  expect(mine.status.value).toMatchObject({ here: true });
  const theirs = await talkTo(support, guest.me.value?.account ?? '');
  const key = mine.send('Is anybody here?');
  await Promise.all([shows(mine, 'Is anybody here?'), shows(theirs, 'Is anybody here?')]);
  await until(
    mine.messages,
    ([row]) => row?.delivery.state === 'delivered' && row.delivery.received === true,
  );
  expect(mine.messages.value[0]?.key).toBe(key);
  theirs.send('Yes');
  await Promise.all([shows(mine, 'Yes'), shows(theirs, 'Yes')]);
  expect(lines(mine)).toEqual(['me: Is anybody here?', 'them: Yes']);
  expect(lines(theirs)).toEqual(['them: Is anybody here?', 'me: Yes']);
});

test('who writes is seen to be writing, until it is said', async () => {
  const romeo = await talkTo(await open(browser(1), account('romeo')), 'juliet');
  const juliet = await talkTo(await open(browser(2), account('juliet')), 'romeo@localhost');
  romeo.setTyping(true);
  await until(juliet.typing, (names) => names.join() === 'romeo');
  romeo.send('Hark');
  await until(juliet.typing, (names) => names.length === 0);
});

test('a reload on either side changes nothing, and what was said meanwhile is there', async () => {
  const [one, two] = [browser(1), browser(2)];
  let romeo = await talkTo(await open(one, account('romeo')), 'juliet');
  const juliet = await talkTo(await open(two, account('juliet')), 'romeo');
  romeo.send('1');
  await shows(juliet, '1');
  await until(
    romeo.messages,
    ([row]) => row?.delivery.state === 'delivered' && row.delivery.received === true,
  );
  one.leave();
  juliet.send('2');
  romeo = await talkTo(await open(one, account('romeo')), 'juliet');
  await shows(romeo, '2');
  expect(lines(romeo)).toEqual(['me: 1', 'them: 2']);
  expect(romeo.messages.value[0]?.delivery).toEqual({ state: 'delivered', received: true });
});

test('a message to somebody who is away is found at the next sign-in, and so is the whole conversation', async () => {
  const romeo = await talkTo(await open(browser(1), account('romeo')), 'juliet');
  for (const text of ['1', '2', '3']) romeo.send(text);
  await shows(romeo, '3');
  const juliet = await talkTo(await open(browser(2), account('juliet')), 'romeo');
  await shows(juliet, '3');
  expect(lines(juliet)).toEqual(['them: 1', 'them: 2', 'them: 3']);
  juliet.send('4');
  await shows(romeo, '4');
  const elsewhere = await talkTo(await open(browser(3), account('romeo')), 'juliet');
  await shows(elsewhere, '4');
  expect(lines(elsewhere)).toEqual(['me: 1', 'me: 2', 'me: 3', 'them: 4']);
  expect(elsewhere.older.value).toBe('none');
});

test('two windows of one account see the same', async () => {
  const desk = await talkTo(await open(browser(1), account('romeo')), 'juliet');
  const phone = await talkTo(await open(browser(2), account('romeo')), 'juliet');
  const juliet = await talkTo(await open(browser(3), account('juliet')), 'romeo');
  desk.send('1');
  await shows(phone, '1');
  juliet.send('2');
  await Promise.all([shows(desk, '2'), shows(phone, '2')]);
  expect([lines(desk), lines(phone)]).toEqual([
    ['me: 1', 'them: 2'],
    ['me: 1', 'them: 2'],
  ]);
});

test('more than a page of an archive is read upwards, in order', async () => {
  const page = browser(1);
  const romeo = await talkTo(await open(page, account('romeo')), 'juliet');
  const all = Array.from({ length: 150 }, (_, index) => `line ${index}`);
  for (const text of all) {
    server.clock.advance(1000);
    romeo.send(text);
    await shows(romeo, text);
  }
  const juliet = await talkTo(await open(browser(2), account('juliet')), 'romeo');
  await shows(juliet, 'line 149');
  expect(juliet.messages.value.map(({ text }) => text)).toEqual(all.slice(50));
  await juliet.loadOlder();
  await shows(juliet, 'line 0');
  expect(juliet.messages.value.map(({ text }) => text)).toEqual(all);
  expect(juliet.older.value).toBe('none');
});

test('whom one may not write to, or who is not there, is told', async () => {
  const guest = await open(browser(1));
  const refused = guest.conversation('romeo');
  refused.join();
  await until(refused.status, ({ state }) => state === 'refused');
  expect(refused.status.value).toMatchObject({ reason: 'not-allowed' });
  const romeo = await open(browser(2), account('romeo'));
  const unknown = romeo.conversation('nobody');
  unknown.join();
  await until(unknown.status, ({ state }) => state === 'refused');
  expect(unknown.status.value).toMatchObject({ reason: 'not-found' });
  const away = await talkTo(guest, 'support');
  expect(away.status.value).toMatchObject({ here: false });
});

test('a guest who has gone for good is told to who writes', async () => {
  const guest = await open(browser(1));
  const support = await open(browser(2), account('support'));
  const talk = await talkTo(support, guest.me.value?.account ?? '');
  await guest.signOut();
  talk.send('Are you still there?');
  const [row] = await until(talk.messages, ([first]) => first?.delivery.state === 'failed');
  expect(row?.delivery).toMatchObject({ reason: 'They have left, and will not get this.' });
});
