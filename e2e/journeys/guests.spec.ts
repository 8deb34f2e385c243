import { expect, test } from '../support/fixtures.js';
import { Observer } from '../support/observer.js';
import { RoomPage, snippet } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';
import { siteToken } from '../support/site-token.js';

const SECRET = '0123456789-0123456789-0123456789-0123456789';

test('a guest’s name is kept over reloads and visits, and typing is told once there is one', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  const url = otherSite.page('/page.html', snippet(server.url, 'room="lobby"'));
  const other = await browser.newPage();
  await other.goto(otherSite.page('/other.html', snippet(server.url, 'room="lobby" nick="Joe"')));
  const joe = new RoomPage(other);
  await joe.isIn();
  await page.goto(url);
  const room = new RoomPage(page);
  await room.isIn(2);

  await room.composer.pressSequentially('I have no name yet');
  await room.composer.press('Enter');
  await expect(joe.element.getByText(/is typing/)).toHaveCount(0);
  await room.giveName('Mira');
  await joe.sees('I have no name yet');
  await room.composer.pressSequentially('Now I have');
  await expect(joe.element.getByText('Mira is typing')).toBeVisible();
  await room.composer.press('Enter');
  await joe.sees('Now I have');

  await page.reload();
  await room.say('After a reload');
  await joe.sees('After a reload');
  const later = await page.context().newPage();
  await page.close();
  await later.goto(url);
  const again = new RoomPage(later);
  await again.isIn(2);
  await again.say('In another visit');
  await joe.sees('In another visit');
  const names = await joe.element.locator('[part=name]').allTextContents();
  expect(new Set(names)).toEqual(new Set(['Mira']));
});

test('a name that is reserved, or somebody’s, is not had; a free one is offered', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
  await page.goto(otherSite.page('/page.html', snippet(server.url, 'room="lobby"')));
  const room = new RoomPage(page);
  await room.say('Listen to me');
  const field = room.element.getByRole('textbox', { name: /name/i }).and(room.element.locator('input'));
  for (const name of ['Admin', 'Аdmin', 'a d m i n 2']) {
    await room.giveName(name);
    await expect(room.element.getByRole('alert')).toContainText('kept for those who run this place');
  }
  await room.giveName('observer');
  await expect(field).toHaveValue('observer 2');
  await expect(room.element.getByRole('alert')).toContainText('Somebody here has that name');
  expect(await observer.bodies()).toEqual([]);
  await field.press('Enter');
  await room.sees('Listen to me');
});

test.describe('where the site signs tokens', () => {
  test.use({ serverOptions: { env: { MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([SECRET]) } } });

  test('a guest signs in and keeps the conversation', async ({ server, otherSite, page, browser }) => {
    otherSite.answers('/chat-token', () => ({
      body: siteToken(SECRET, { sub: 'mira', name: 'Mira Kim', rooms: { '*': 'write' } }),
    }));
    const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
    await page.goto(otherSite.page('/page.html', snippet(server.url, 'room="lobby"')));
    const room = new RoomPage(page);
    await room.say('Mine as a guest');
    await room.giveName('Wanderer');
    await room.sees('Mine as a guest');
    for (let at = 0; at < 15; at++) await observer.say('lobby', `line ${at}`);
    await room.sees('line 14');
    await room.composer.fill('A draft');
    const rows = await room.texts();
    const list = room.element.locator('[part=list]');
    await list.evaluate((view) => view.scrollTo(0, 40));
    const place = async () => (await room.rows.filter({ hasText: 'line 3' }).boundingBox())?.y;
    const before = await place();
    const own = room.rows.filter({ hasText: 'Mine as a guest' });
    await expect(own).toHaveAttribute('data-own', /.*/);

    await room.element.evaluate((element) => element.setAttribute('token-from', '/chat-token'));
    await expect.poll(async () => (await observer.presences()).join(' ')).toMatch(/Wanderer.*Mira Kim/);
    await room.isIn(2);
    expect(await room.texts()).toEqual(rows);
    await expect(own).toHaveAttribute('data-own', /.*/);
    await expect(room.composer).toHaveValue('A draft');
    expect(await place()).toBe(before);
    await room.composer.press('Enter');
    await room.sees('A draft');
    const heard = await observer.bodies();
    expect(heard.filter((text) => text === 'A draft')).toHaveLength(1);
  });
});

test('one guest too many is told so in words', async ({ otherSite, page, browser }) => {
  const server = await ServerProcess.start({ env: { MEERKAT_GUESTS__PER_ADDRESS: '1' } });
  try {
    const url = otherSite.page('/page.html', snippet(server.url, 'room="lobby"'));
    await page.goto(url);
    const first = new RoomPage(page);
    await first.isIn();
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(url);
    await expect(other.getByText('There are many guests here just now.', { exact: true })).toBeVisible();
    await expect(other.getByText(/Too many people of your network/)).toBeVisible();
    await context.close();
  } finally {
    await server.stop();
  }
});
