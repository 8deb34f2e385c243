import type { FrameLocator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import type { OtherSite } from '../support/other-site.js';
import { RoomPage } from '../support/room-page.js';
import { ServerProcess } from '../support/server-process.js';

// Guests who have to prove something before they come in: in a room, in a box and in a frame.

const always = { MEERKAT_GUESTS__PROOF__FREE_PER_ADDRESS: '0' };

/** What stands in for a captcha: a button that is the page's own. */
const captcha = (answer: string, more: string) =>
  `<button ${more} onclick="${answer}">I am a person</button>`;
const prove = "document.getElementById('chat').prove('yes')";

/** The page of each, with a captcha where the guide has it. */
const PAGES = {
  room: (server: string) => `<script type="module" src="${server}/embed.js"></script>
<chat-room id="chat" room="lobby" style="display: block; height: 400px">${captcha(prove, 'slot="proof"')}</chat-room>`,
  box: (server: string) => `<script type="module" src="${server}/embed.js"></script>
<chat-box id="chat" room="lobby" state="open">${captcha(prove, 'slot="proof"')}</chat-box>`,
  frame: (
    server: string,
  ) => `<iframe id="chat" data-meerkat title="Chat" width="400" height="420" src="${server}/embed/room/lobby"></iframe>
<script type="module" src="${server}/embed/frame.js"></script>
<div id="captcha" hidden>${captcha("chat.dispatchEvent(new CustomEvent('meerkat:tell', { detail: { type: 'proof', answer: 'yes' } }))", '')}</div>
<script>
  const chat = document.getElementById('chat');
  const captcha = document.getElementById('captcha');
  chat.addEventListener('meerkat:proof-wanted', () => { captcha.hidden = false });
  chat.addEventListener('meerkat:status', ({ detail }) => { captcha.hidden = detail.status !== 'refused' });
</script>`,
};
type Where = keyof typeof PAGES;

async function open(page: Page, site: OtherSite, server: ServerProcess, where: Where) {
  site.page(
    '/page.html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>${PAGES[where](server.url)}</html>`,
  );
  await page.goto(`${site.crossSiteUrl}/page.html`);
  const root: FrameLocator | Page = where === 'frame' ? page.frameLocator('iframe') : page;
  return new RoomPage(root);
}

for (const where of ['room', 'box', 'frame'] as const) {
  test(`what a captcha of the page has found out lets a guest in: ${where}`, async ({ otherSite, page }) => {
    let asked = 0;
    otherSite.answers('/chat-proof', () => ({ status: ++asked === 1 ? 403 : 200 }));
    const server = await ServerProcess.start({
      env: {
        ...always,
        MEERKAT_GUESTS__PROOF__KIND: 'site',
        MEERKAT_GUESTS__PROOF__URL: `${otherSite.url}/chat-proof`,
        MEERKAT_GUESTS__PROOF__SECRET: 'sixteen-characters',
      },
    });
    try {
      const room = await open(page, otherSite, server, where);
      const person = page.getByRole('button', { name: 'I am a person' });
      await expect(room.element.getByText(/^Show that you are not a machine/)).toBeVisible();
      await person.click();
      // It was not good enough: the guest is asked again.
      await expect.poll(() => asked).toBe(1);
      await expect(room.element.getByText(/^Show that you are not a machine/)).toBeVisible();
      await person.click();
      await room.isIn();
      await expect(person).toBeHidden();
      expect(asked).toBe(2);
      await room.say('I am a person');
      await room.giveName('Mira');
      await room.sees('I am a person');
    } finally {
      await server.stop();
    }
  });

  test(`where many come, a browser works before it is let in: ${where}`, async ({ otherSite, page }) => {
    const server = await ServerProcess.start({
      env: { ...always, MEERKAT_GUESTS__PROOF__KIND: 'work', MEERKAT_GUESTS__PROOF__BITS: '17' },
    });
    try {
      const room = await open(page, otherSite, server, where);
      await expect(room.element.getByText(/^Your browser proves that it is not a robot/)).toBeVisible();
      await room.isIn();
    } finally {
      await server.stop();
    }
  });
}
