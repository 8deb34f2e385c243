import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

test('<chat-box>: opened it chats, minimised it counts, and where there is storage the next page goes on', async ({
  host,
  conditions,
}) => {
  const mira = await host.visit('<chat-box room="cafe" nick="Mira"></chat-box>');
  const tom = await host.visit('<chat-room room="cafe" nick="Tom"></chat-room>', '/tom.html');
  const toms = new RoomPage(tom.frame);
  const row = (text: string) => mira.frame.getByRole('article').filter({ hasText: text });
  const inBox = () => ({
    launcher: mira.frame.getByRole('button', { name: /^Open chat/ }),
    composer: mira.frame.getByRole('textbox', { name: /^Message to/ }),
    minimise: mira.frame.getByRole('button', { name: 'Minimise' }),
  });
  const { launcher, composer, minimise } = inBox();
  await launcher.click();
  await composer.fill('From the box');
  await composer.press('Enter');
  await toms.sees('From the box');

  await minimise.click();
  await toms.say('Are you there?');
  await expect(launcher).toHaveAccessibleName(/1 unread/);
  await expect.poll(() => mira.frame.title()).toBe('(1) A page');
  await launcher.click();
  await expect(row('Are you there?')).toBeVisible();
  await expect.poll(() => mira.frame.title()).toBe('A page');

  await composer.fill('half a sentence');
  await mira.page.reload();
  const next = inBox();
  if (conditions === 'sandboxed') await next.launcher.click();
  else await expect(next.composer).toHaveValue('half a sentence');
  await expect(row('From the box')).toBeVisible();
});
