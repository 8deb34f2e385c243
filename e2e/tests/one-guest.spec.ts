import type { createChat } from '@meerkat-chat/sdk';
import { BuiltSite } from '../support/built-site.js';
import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

test('an element and a script of one page are one guest, until both have gone', async ({
  server,
  otherSite,
  page,
}) => {
  const bundle = await BuiltSite.open('e2e/sites/npm-entry/vite.config.ts');
  try {
    const sockets = new Set<unknown>();
    page.on('websocket', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await page.goto(
      otherSite.page(
        '/one-guest.html',
        `<script type="module" src="${bundle.url}/main.js"></script>
         <chat-room room="lobby" nick="Mira" src="${server.url}" style="height: 400px"></chat-room>`,
      ),
    );
    const room = new RoomPage(page);
    await room.isIn(1);
    await page.evaluate((url) => {
      const make = (globalThis as unknown as { createChat: typeof createChat }).createChat;
      const chat = make({ server: url, auth: { kind: 'guest', nick: 'Script' } });
      const lobby = chat.room('lobby');
      chat.start();
      lobby.join();
      lobby.send('from the script');
      Object.assign(globalThis, { chat, lobby });
    }, server.url);
    await room.sees('from the script');
    await room.isIn(1);
    expect(sockets.size).toBe(1);
    // In the room already, one keeps one's name there.
    await expect(room.rows.filter({ hasText: 'from the script' }).locator('.name')).toHaveText('Mira');

    // What goes first leaves the session to the other.
    await room.element.evaluate((element) => element.remove());
    await page.evaluate('lobby.send("still here")');
    await expect
      .poll(() => page.evaluate('lobby.messages.value.map(({ text, delivery }) => text + delivery.state)'))
      .toEqual(['from the scriptdelivered', 'still heredelivered']);
    expect(sockets.size).toBe(1);
    await page.evaluate('chat.close()');
    await expect.poll(() => sockets.size).toBe(0);
  } finally {
    await bundle.close();
  }
});
