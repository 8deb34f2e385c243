import { expect, test } from '../support/fixtures.js';
import { NoWebSocketProxy } from '../support/no-websocket-proxy.js';
import { Observer } from '../support/observer.js';
import { online, RoomPage, recordStatus, snippet } from '../support/room-page.js';

const RELOADS = 5;

for (const link of ['websocket', 'bosh'] as const) {
  test(`a reload in mid-conversation goes on over ${link}: nobody sees it, nothing is lost or doubled`, async ({
    server,
    otherSite,
    page,
    browser,
  }, info) => {
    const proxy = link === 'bosh' ? await NoWebSocketProxy.start(server.url) : undefined;
    try {
      const url = otherSite.page('/page.html', snippet(proxy?.url ?? server.url, 'room="lobby" nick="Mira"'));
      const statuses = await recordStatus(page);
      await page.goto(url);
      const room = new RoomPage(page);
      await room.say('Mira is here');
      await room.sees('Mira is here');
      await online(statuses, link);
      const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
      const expected = ['Mira is here'];

      for (let round = 1; round <= RELOADS; round++) {
        // Something on its way in each direction at the moment of the reload.
        await observer.say('lobby', `before ${round}`);
        await room.composer.fill(`mine ${round}`);
        await room.composer.press('Enter');
        await page.reload({ waitUntil: 'commit' });
        await observer.say('lobby', `during ${round}`);
        for (const text of [`before ${round}`, `mine ${round}`, `during ${round}`]) await room.sees(text);
        expected.push(`before ${round}`, `mine ${round}`, `during ${round}`);
        const first = await online(statuses, link);
        expect(first.resumed, `reload ${round} resumed`).toBe(true);
        info.annotations.push({
          type: 'measured',
          description: `reload ${round} over ${link}: resumed ${first.at.toFixed(0)} ms after navigation`,
        });
      }

      // Each of these once, wherever it was at the moment of a reload; and in the room's own order.
      const shown = await room.texts();
      expect([...shown].sort()).toEqual([...expected].sort());
      const heard = await observer.bodies();
      expect(shown.slice(1)).toEqual(heard);
      expect(await observer.presences()).toEqual([]);
      if (proxy) expect(proxy.refused).toBeGreaterThan(0);
    } finally {
      await proxy?.stop();
    }
  });
}
