import { expect, test } from '../support/fixtures.js';
import { NoWebSocketProxy } from '../support/no-websocket-proxy.js';
import { online, RoomPage, recordStatus, snippet } from '../support/room-page.js';

test('WebSocket blocked on the way: the page chats over BOSH, whose code is loaded only then', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  const proxy = await NoWebSocketProxy.start(server.url);
  try {
    const direct = await browser.newPage();
    const scripts: Record<'blocked' | 'direct', string[]> = { blocked: [], direct: [] };
    page.on('response', (response) => scripts.blocked.push(new URL(response.url()).pathname));
    direct.on('response', (response) => scripts.direct.push(new URL(response.url()).pathname));
    const statuses = await recordStatus(page);

    await page.goto(otherSite.page('/blocked.html', snippet(proxy.url, 'room="lobby" nick="Mira"')));
    await direct.goto(otherSite.page('/direct.html', snippet(server.url, 'room="lobby" nick="Tom"')));
    const [mira, tom] = [new RoomPage(page), new RoomPage(direct)];
    await mira.say('over BOSH');
    await tom.sees('over BOSH');
    await tom.say('over WebSocket');
    await mira.sees('over WebSocket');
    await online(statuses, 'bosh');
    expect(proxy.refused).toBeGreaterThan(0);

    const extra = scripts.blocked.filter((path) => path.endsWith('.js') && !scripts.direct.includes(path));
    expect(extra.filter((path) => /bosh/.test(path))).toHaveLength(1);
    expect(scripts.direct).not.toContain('/http-bind');
  } finally {
    await proxy.stop();
  }
});
