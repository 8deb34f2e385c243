import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

// `room="page"` on a page whose scripts make another page of it without loading one.

/** Says something from another page of the site, as whoever reads it would. */
async function sayOn(reader: Page, address: string, words: string): Promise<void> {
  await reader.goto(address);
  const room = new RoomPage(reader);
  await room.isIn();
  await room.say(words);
}

test('the room follows: who has moved on hears what is said there, and no more what is said before', async ({
  server,
  otherSite,
  page,
  context,
}) => {
  const html = (nick: string) =>
    `<chat-room room="page" nick="${nick}" style="height: 400px"></chat-room>
     <script type="module" src="${server.url}/embed.js"></script>`;
  const [storks, swifts] = ['/storks', '/swifts'].map((path) => otherSite.page(path, html('Mira')));
  const browser = context.browser();
  if (!storks || !swifts || !browser) throw new Error('there is no site');
  await page.goto(storks);
  const room = new RoomPage(page);
  await room.isIn();

  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.evaluate(() => history.pushState({}, '', '/swifts?from=storks'));
  const other = await browser.newPage();
  await sayOn(other, otherSite.page('/swifts', html('Joe')), 'Swifts sleep in the air');
  await room.sees('Swifts sleep in the air');
  await sayOn(other, otherSite.page('/storks', html('Joe')), 'Storks are back');
  await page.evaluate(() => history.back());
  await room.sees('Storks are back');
  expect(await room.texts()).toEqual(['Storks are back']);
  expect(sockets, 'the session stays').toEqual([]);
  await other.close();
});
