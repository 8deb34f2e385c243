import { expect, test } from '../support/fixtures.js';
import { Observer } from '../support/observer.js';
import { RoomPage, snippet } from '../support/room-page.js';

test.use({ serverOptions: { args: ['--no-limits'] } });

test('2,000 messages leave a bounded page, and the newest in view', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  await page.goto(otherSite.page('/page.html', snippet(server.url, 'room="lobby" nick="Mira"')));
  const room = new RoomPage(page);
  await room.isIn();
  const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
  for (let batch = 0; batch < 20; batch++) {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => observer.say('lobby', `number ${batch * 100 + index}`)),
    );
  }
  await expect(room.rows.last()).toContainText('number 1999', { timeout: 30_000 });
  expect(await room.rows.count()).toBeLessThanOrEqual(200);
  const nodes = await page.evaluate(() => {
    const count = (root: ParentNode): number =>
      [...root.querySelectorAll('*')].reduce(
        (sum, element) =>
          sum + element.childNodes.length + (element.shadowRoot ? count(element.shadowRoot) : 0),
        0,
      );
    return count(document);
  });
  expect(nodes).toBeLessThanOrEqual(4_000);
  await expect(room.rows.last()).toBeInViewport();
  const texts = await room.texts();
  expect(texts).toEqual(texts.map((_, index) => `number ${2_000 - texts.length + index}`));
});
