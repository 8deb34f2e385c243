import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OtherSite } from '../e2e/support/other-site.js';
import { RoomPage } from '../e2e/support/room-page.js';
import { ServerProcess } from '../e2e/support/server-process.js';
import { launchBrowser } from './support/browser.js';
import { bundleSdk, type SdkFiles, serveSdk } from './support/page-bundle.js';
import { leftOut, PEERS, PeerServer } from './support/peer-server.js';
import { StropheStranger } from './support/strophe-stranger.js';

let browser: Browser;
let site: OtherSite;
let sdk: SdkFiles;
/** Ours serves `embed.js` and nothing else here: the chat itself goes to the other server. */
let files: ServerProcess;

beforeAll(async () => {
  [browser, site, sdk, files] = await Promise.all([
    launchBrowser(),
    OtherSite.start(),
    bundleSdk(),
    ServerProcess.start(),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.stop(), files?.stop()]);
});

/** A page whose script makes a chat for endpoints that it knows, and gives it to the element. */
async function open(room: string, endpoints: Readonly<Record<string, string>>): Promise<Page> {
  const page = await browser.newPage();
  await serveSdk(page, sdk);
  await page.goto(
    site.page(
      `/${room}`,
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>My page</title>
<script type="module" src="${files.url}/embed.js"></script>
<chat-room nick="Wren" style="height: 400px"></chat-room>
<script type="module">import { createChat } from '/sdk/sdk.js';
  const element = document.querySelector('chat-room');
  element.chat = createChat(${JSON.stringify({ domain: 'localhost', ...endpoints })});
  element.room = ${JSON.stringify(room)};
</script></html>`,
    ),
  );
  return page;
}

describe.each(PEERS)('on %s', (name) => {
  const skip = leftOut(name);
  let peer: PeerServer;

  beforeAll(async () => {
    if (!skip) peer = await PeerServer.start(name);
  });
  afterAll(() => peer?.stop());

  test.skipIf(skip).each([
    ['WebSocket', () => ({ websocket: peer.webSocketUrl })],
    ['BOSH', () => ({ bosh: peer.boshUrl })],
  ] as const)(
    'a guest before <chat-room> chats over %s, and goes on after a reload',
    async (link, endpoints) => {
      const room = `lobby-${link.toLowerCase()}`;
      const address = `${room}@rooms.localhost`;
      const page = await open(room, endpoints());
      const chat = new RoomPage(page);
      await chat.isIn(1);
      await chat.say('is anybody here?');
      await chat.sees('is anybody here?');

      const friend = await StropheStranger.arrive(browser, site.page('/friend', 'Somebody else'), {
        service: peer.boshUrl,
      });
      await friend.join(address, 'friend');
      await friend.hears('is anybody here?');
      await chat.isIn(2);
      await friend.say(address, 'I am, with another client');
      await chat.sees('I am, with another client');
      await chat.say('welcome');
      await friend.hears('welcome');

      await page.reload();
      await friend.say(address, 'you were away');
      await chat.sees('you were away');
      await chat.say('and I am back');
      await friend.hears('and I am back');
      await chat.sees('and I am back');
      expect(await chat.texts()).toEqual([
        'is anybody here?',
        'I am, with another client',
        'welcome',
        'you were away',
        'and I am back',
      ]);
      await friend.leave();
      await page.close();
    },
  );
});
