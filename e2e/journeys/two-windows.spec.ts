import { expect, test } from '../support/fixtures.js';
import { RoomPage, snippet } from '../support/room-page.js';

test('a five-line file of another origin chats as a guest', async ({ server, otherSite, browser }) => {
  const url = otherSite.page('/five-lines.html', snippet(server.url, 'room="lobby"'));
  const [mira, tom] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([mira.goto(url), tom.goto(url)]);
  const [mirasRoom, tomsRoom] = [new RoomPage(mira), new RoomPage(tom)];

  await mirasRoom.say('Hello from Mira');
  await mirasRoom.giveName('Mira');
  await tomsRoom.sees('Hello from Mira');
  await expect(tomsRoom.rows.filter({ hasText: 'Hello from Mira' })).toContainText('Mira');

  await tomsRoom.say('Hello from Tom');
  await tomsRoom.giveName('Tom');
  await mirasRoom.sees('Hello from Tom');
  await mirasRoom.sees('Hello from Mira');

  // The name was asked for once.
  await mirasRoom.say('Once more');
  await tomsRoom.sees('Once more');
  expect(await tomsRoom.texts()).toEqual(['Hello from Mira', 'Hello from Tom', 'Once more']);
  await mirasRoom.isIn(2);
});

test('the first words are said under the name that was chosen for them', async ({
  server,
  otherSite,
  browser,
}) => {
  const url = otherSite.page('/names.html', snippet(server.url, 'room="lobby"'));
  const [page, other] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([page.goto(url), other.goto(url)]);
  const [room, theirs] = [new RoomPage(page), new RoomPage(other)];
  await room.say('First words');
  await room.giveName('Mira');
  await theirs.sees('First words');
  for (const { rows } of [room, theirs]) {
    await expect(rows.filter({ hasText: 'First words' }).locator('.name')).toHaveText('Mira');
  }
});

test('who comes later reads what was said before', async ({ server, otherSite, browser }) => {
  const page = await browser.newPage();
  await page.goto(otherSite.page('/a.html', snippet(server.url, 'room="lobby" nick="Mira"')));
  const first = new RoomPage(page);
  for (const text of ['one', 'two', 'three']) await first.say(text);
  await first.sees('three');
  await page.close();

  const later = await browser.newPage();
  await later.goto(otherSite.page('/b.html', snippet(server.url, 'room="lobby" nick="Tom"')));
  const second = new RoomPage(later);
  await second.sees('three');
  expect(await second.texts()).toEqual(['one', 'two', 'three']);

  // There is nothing earlier, so nothing earlier is offered, nor after somebody has looked.
  const earlier = second.element.getByRole('button', { name: /earlier/ });
  await expect(earlier).toHaveCount(0);
  await second.rows.first().hover();
  await later.mouse.wheel(0, -100);
  await expect(earlier).toHaveCount(0);
  expect(await second.texts()).toEqual(['one', 'two', 'three']);
});

test('nothing from the wire becomes HTML', async ({ server, otherSite, browser }) => {
  const page = await browser.newPage();
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(
    otherSite.page('/a.html', snippet(server.url, 'room="lobby" nick="&lt;img src=x onerror=alert(1)&gt;"')),
  );
  const room = new RoomPage(page);
  const evil = '<img src=x onerror="alert(2)"><script>alert(3)</script>&amp;';
  await room.say(evil);
  await room.sees(evil);
  expect(await room.texts()).toEqual([evil]);
  expect(await room.element.locator('img, script').count()).toBe(0);
  expect(alarms).toEqual([]);
});
