import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OtherSite } from '../e2e/support/other-site.js';
import { RoomPage, snippet } from '../e2e/support/room-page.js';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { launchBrowser } from './support/browser.js';
import type { Stranger } from './support/stranger.js';
import { StropheStranger } from './support/strophe-stranger.js';
import { XmppStranger } from './support/xmpp-stranger.js';

let browser: Browser;
let server: ServerProcess;
let site: OtherSite;
const ROMEO = { name: 'romeo', password: 'orchard wall' };

beforeAll(async () => {
  [browser, server, site] = await Promise.all([launchBrowser(), ServerProcess.start(), OtherSite.start()]);
  await addUser(server, ROMEO.name, ROMEO.password);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop(), site?.stop()]);
});

const strophe = (service: string): Promise<Stranger> =>
  StropheStranger.arrive(browser, site.page('/stranger', 'Somebody else'), { service, account: ROMEO });

test.each([
  ['strophe.js over WebSocket', () => strophe(server.webSocketUrl)],
  ['strophe.js over BOSH', () => strophe(server.boshUrl)],
  ['xmpp.js', () => XmppStranger.arrive({ service: server.webSocketUrl, account: ROMEO })],
] as const)('somebody with %s chats with somebody before <chat-room>', async (name, arrive) => {
  const room = `lobby-${name.replace(/\W+/g, '-').toLowerCase()}`;
  const address = `${room}@rooms.localhost`;
  const page = await browser.newPage();
  await page.goto(site.page(`/${room}`, snippet(server.url, `room="${room}" nick="Wren"`)));
  const chat = new RoomPage(page);
  await chat.isIn(1);
  await chat.say('is anybody here?');
  await chat.sees('is anybody here?');

  const stranger = await arrive();
  await stranger.join(address, 'Romeo');
  await stranger.sees(address, 'Wren');
  // The archive of the room is told to who joins.
  await stranger.hears('is anybody here?');
  await chat.isIn(2);
  await stranger.say(address, 'I am, with another client');
  await chat.sees('I am, with another client');
  await chat.say('welcome');
  await stranger.hears('welcome');
  expect(await chat.texts()).toEqual(['is anybody here?', 'I am, with another client', 'welcome']);
  expect(await stranger.heard()).toEqual(await chat.texts());

  await page.reload();
  await stranger.say(address, 'you were away');
  await chat.sees('you were away');
  await chat.isIn(2);
  expect(await stranger.departures(address, 'Wren')).toBe(0);
  await stranger.leave();
  await chat.isIn(1);
  await page.close();
});
