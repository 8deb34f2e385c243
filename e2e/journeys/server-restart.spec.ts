import { expect, test } from '../support/fixtures.js';
import { RoomPage, snippet } from '../support/room-page.js';

test('the server is killed and started again while a page is open', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  const other = await browser.newPage();
  await page.goto(otherSite.page('/mira.html', snippet(server.url, 'room="lobby" nick="Mira"')));
  await other.goto(otherSite.page('/tom.html', snippet(server.url, 'room="lobby" nick="Tom"')));
  const [mira, tom] = [new RoomPage(page), new RoomPage(other)];
  await mira.say('before');
  await tom.sees('before');
  await tom.isIn(2);

  await server.kill('SIGKILL');
  await expect(mira.element.locator('header').getByText('Reconnecting')).toBeVisible();
  await mira.say('while it was down');
  await expect(mira.rows.filter({ hasText: 'while it was down' })).toHaveAttribute(
    'data-delivery',
    'pending',
  );

  await server.startAgain();
  // They come back as who they were, by themselves, and what waited is delivered once.
  await expect(tom.rows.filter({ hasText: 'while it was down' })).toHaveCount(1, { timeout: 30_000 });
  await mira.sees('while it was down');
  await tom.say('welcome back');
  await mira.sees('welcome back');
  for (const room of [mira, tom]) {
    expect(await room.texts()).toEqual(['before', 'while it was down', 'welcome back']);
    await room.isIn(2);
  }
  await expect(mira.rows.filter({ hasText: 'while it was down' })).toContainText('Mira');
});
