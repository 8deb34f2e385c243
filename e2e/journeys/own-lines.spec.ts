import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { NoWebSocketProxy } from '../support/no-websocket-proxy.js';
import { Observer } from '../support/observer.js';
import { RoomPage } from '../support/room-page.js';
import { siteToken } from '../support/site-token.js';

// What somebody wrote stays theirs: over reloads and visits, out of the archive too, and when a guest has signed in since.

const SECRET = '0123456789-0123456789-0123456789-0123456789';
/** More than a page keeps of a room, and than a room tells to who comes. */
const MANY = 70;

test.use({
  serverOptions: {
    args: ['--no-limits'],
    env: { MEERKAT_AUTH__TOKEN__SECRETS: JSON.stringify([SECRET]) },
  },
});

const TAGS = {
  room: '<chat-room room="lobby" style="height: 400px"></chat-room>',
  box: '<chat-box room="lobby" state="open"></chat-box>',
};

/** Goes back to the beginning of what was said, and answers with the row of a text. */
async function findRow({ element, rows }: RoomPage, text: string): Promise<Locator> {
  const row = rows.filter({ hasText: text });
  const { mouse } = element.page();
  await element.locator('[part=list]').hover();
  await expect(async () => {
    await mouse.wheel(0, 60);
    await mouse.wheel(0, -5000);
    await expect(row).toHaveCount(1, { timeout: 500 });
  }).toPass();
  return row;
}

for (const link of ['websocket', 'bosh'] as const) {
  for (const tag of ['room', 'box'] as const) {
    test(`what a guest wrote long ago is theirs after a reload and in another visit: ${tag}, ${link}`, async ({
      server,
      otherSite,
      page,
      browser,
    }) => {
      const proxy = link === 'bosh' ? await NoWebSocketProxy.start(server.url) : undefined;
      try {
        const url = otherSite.page(
          '/page.html',
          `<script type="module" src="${proxy?.url ?? server.url}/embed.js"></script>${TAGS[tag]}`,
        );
        await page.goto(url);
        const room = new RoomPage(page);
        await room.say('Mine of old');
        await room.giveName('Mira');
        await room.sees('Mine of old');
        const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
        for (let at = 0; at < MANY; at++) await observer.say('lobby', `line ${at}`);
        await room.sees(`line ${MANY - 1}`);

        await page.reload();
        await room.isIn(2);
        await expect(await findRow(room, 'Mine of old')).toHaveAttribute('data-own', /.*/);

        const later = await page.context().newPage();
        await page.close();
        await later.goto(url);
        const again = new RoomPage(later);
        await again.isIn(2);
        await expect(await findRow(again, 'Mine of old')).toHaveAttribute('data-own', /.*/);
      } finally {
        await proxy?.stop();
      }
    });

    test(`what a guest wrote stays theirs when they have signed in, over a reload too: ${tag}, ${link}`, async ({
      server,
      otherSite,
      page,
      browser,
    }) => {
      otherSite.answers('/chat-token', () => ({
        body: siteToken(SECRET, { sub: 'mira', name: 'Mira Kim', rooms: { '*': 'write' } }),
      }));
      const proxy = link === 'bosh' ? await NoWebSocketProxy.start(server.url) : undefined;
      try {
        const document = (tags: string) =>
          `<script type="module" src="${proxy?.url ?? server.url}/embed.js"></script>${tags}`;
        await page.goto(otherSite.page('/page.html', document(TAGS[tag])));
        const room = new RoomPage(page);
        await room.say('Mine as a guest');
        await room.giveName('Wanderer');
        await room.sees('Mine as a guest');
        const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
        for (let at = 0; at < MANY; at++) await observer.say('lobby', `line ${at}`);
        await room.sees(`line ${MANY - 1}`);

        // The site has signed them in, and says so from now on.
        await page
          .locator(`chat-${tag}`)
          .evaluate((element) => element.setAttribute('token-from', '/chat-token'));
        await expect.poll(async () => (await observer.presences()).join(' ')).toMatch(/Wanderer.*Mira Kim/);
        otherSite.page('/page.html', document(TAGS[tag].replace('room=', 'token-from="/chat-token" room=')));
        await page.reload();
        await room.isIn(2);
        await room.say('Mine as myself');
        await room.sees('Mine as myself');
        await expect(await findRow(room, 'Mine as a guest')).toHaveAttribute('data-own', /.*/);
      } finally {
        await proxy?.stop();
      }
    });
  }
}
