import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

test('the first page has a chat, and the lines to copy work as they are', async ({
  server,
  otherSite,
  browser,
}) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(server.url);
  const room = new RoomPage(page);
  await room.say('said at home');
  await room.giveName('Mira');
  await room.sees('said at home');

  await page.getByRole('button', { name: /copy/i }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`${server.url}/embed.js`);
  const elsewhere = await context.newPage();
  await elsewhere.goto(otherSite.page('/copied.html', copied));
  const copy = new RoomPage(elsewhere);
  await copy.sees('said at home');
});
