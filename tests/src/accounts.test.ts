import type { Chat, ChatAuth, RequestError } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './until.js';

let server: TestServer;
let secure: boolean;
let seeds = 0;
const chats: Chat[] = [];

beforeEach(async () => {
  secure = true;
  server = await createTestServer({ registration: { open: true } });
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  await server.stop();
});

function browser(): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(++seeds) },
    subtle: globalThis.crypto.subtle,
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      server.accept(theirs, { secure });
      return mine;
    },
  });
}

const romeo = (password: string): ChatAuth => ({ kind: 'password', username: 'romeo', password });

function open(page: TestBrowser, auth: ChatAuth): Chat {
  const chat = page.open({ server: 'http://localhost', auth });
  chats.push(chat);
  chat.start();
  return chat;
}

async function online(page: TestBrowser, auth: ChatAuth): Promise<Chat> {
  const chat = open(page, auth);
  await until(chat.status, ({ state }) => state === 'online');
  return chat;
}

/** What a refused request says. */
async function refused(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (cause: RequestError) => cause,
  );
  return `${error?.error.condition}: ${error?.message}`;
}

const registers = (username: string, password = 'correct horse') =>
  browser().register({ server: 'http://localhost', username, password });

test('somebody makes an account and signs in with it', async () => {
  expect(await registers('Romeo')).toBe('romeo@localhost');
  const chat = await online(browser(), romeo('correct horse'));
  expect(chat.me.value?.account).toBe('romeo@localhost');
});

test('why there is no account is said in a sentence', async () => {
  await registers('romeo');
  expect(await refused(registers('romeo'))).toBe('conflict: This name is taken.');
  expect(await refused(registers('mercutio', 'Mercutio'))).toBe(
    'not-acceptable: A password is not the name of its account.',
  );
  await registers('two');
  await registers('three');
  expect(await refused(registers('four'))).toMatch(/^resource-constraint: Too many accounts/);
  // The page is on a connection that somebody may listen to.
  secure = false;
  expect(await refused(registers('five'))).toBe('service-unavailable: Nobody can register here.');
});

test('a password is changed: other devices are out, this one goes on, over a reload too', async () => {
  await server.addUser('romeo', 'old secret');
  const [page, elsewhere] = [browser(), browser()];
  const own = await online(page, romeo('old secret'));
  const other = await online(elsewhere, romeo('old secret'));
  expect(await refused(own.changePassword('wrong', 'new secret'))).toBe(
    'not-authorized: This is not your present password.',
  );
  expect(await refused(own.changePassword('old secret', 'romeo'))).toMatch(/^not-acceptable: /);
  server.clock.advance(1);
  await own.changePassword('old secret', 'new secret');
  await until(other.status, ({ state }) => state !== 'online');
  expect(own.status.value.state).toBe('online');
  page.leave();
  server.clock.advance(1000);
  const after = await online(page, romeo('old secret'));
  expect(after.status.value).toMatchObject({ state: 'online' });
  const stale = open(browser(), romeo('old secret'));
  await until(stale.status, ({ state }) => state === 'refused');
  await online(browser(), romeo('new secret'));
});

test('a guest has no password', async () => {
  const guest = await online(browser(), { kind: 'guest' });
  expect(await refused(guest.changePassword('', 'new secret'))).toBe('not-allowed: Guests have no password.');
});
