import type { Chat, Readable } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

let server: TestServer;
const chats: Chat[] = [];

beforeEach(async () => {
  server = await createTestServer();
});
afterEach(async () => {
  for (const chat of chats.splice(0)) chat.close();
  await server.stop();
});

function browser(seed: number): TestBrowser {
  return new TestBrowser({
    env: { clock: server.clock, random: new SeededRandom(seed) },
    open() {
      const [mine, theirs] = linkPair({ auto: true });
      server.accept(theirs);
      return mine;
    },
  });
}

function online(store: Readable<{ readonly state: string }>): Promise<void> {
  return new Promise((resolve) => {
    if (store.value.state === 'online') return resolve();
    const off = store.subscribe(({ state }) => {
      if (state !== 'online') return;
      off();
      resolve();
    });
  });
}

async function open(page: TestBrowser): Promise<Chat> {
  const chat = page.open({ server: 'http://localhost' });
  chats.push(chat);
  chat.start();
  await online(chat.status);
  return chat;
}

/** What the web is told. */
const shown = async (id: string) => (await server.hooks.first('status:shown', { id }))?.status ?? 'unknown';

test('a guest shows their status, over a reload, until they withdraw it', async () => {
  const page = browser(1);
  const before = await open(page);
  expect(await before.shareStatus()).toBeUndefined();
  const id = (await before.shareStatus(true)) ?? '';
  expect(await shown(id)).toBe('online');

  page.leave();
  server.clock.advance(30_000);
  expect(await shown(id)).toBe('online');
  const after = await open(page);
  expect([await after.shareStatus(), await after.shareStatus(true)]).toEqual([id, id]);
  expect(await shown(id)).toBe('online');

  expect(await after.shareStatus(false)).toBeUndefined();
  expect(await shown(id)).toBe('unknown');
});

test('who signs out is offline after a while, and another guest has another id', async () => {
  const [anna, ben] = [await open(browser(1)), await open(browser(2))];
  const ids = [(await anna.shareStatus(true)) ?? '', (await ben.shareStatus(true)) ?? ''];
  expect(new Set(ids).size).toBe(2);
  await anna.signOut();
  expect(await Promise.all(ids.map(shown))).toEqual(['online', 'online']);
  server.clock.advance(21_000);
  expect(await Promise.all(ids.map(shown))).toEqual(['offline', 'online']);
});
