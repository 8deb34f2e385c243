import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

test('<chat-room>: guests read, choose a name, talk, look who is there, and come back', async ({
  host,
  conditions,
}) => {
  const tags = '<chat-room room="lobby"></chat-room>';
  const [mira, tom] = [await host.visit(tags), await host.visit(tags)];
  expect(await mira.hasStorage()).toBe(conditions !== 'sandboxed');
  const [miras, toms] = [new RoomPage(mira.frame), new RoomPage(tom.frame)];
  await miras.say('Hello from Mira, see https://storks.example/nest');
  await miras.giveName('Mira');
  await toms.sees('Hello from Mira');
  await toms.say('Hello from Tom');
  await toms.giveName('Tom');
  await miras.sees('Hello from Tom');

  const link = toms.element.getByRole('link', { name: 'https://storks.example/nest' });
  await expect(link).toHaveAttribute('rel', /noopener/);
  await toms.composer.fill('@Mi');
  await expect(toms.element.getByRole('option', { name: 'Mira' })).toBeVisible();
  await toms.composer.fill('');
  await miras.element.getByRole('button', { name: '2 here' }).click();
  await expect(miras.element.locator('[part=people]').getByText('Tom', { exact: true })).toBeVisible();

  await mira.page.reload();
  const again = new RoomPage(mira.frame);
  await again.sees('Hello from Tom');
  await again.isIn();
  await toms.say('Welcome back');
  await again.sees('Welcome back');
});

test('<chat-room readonly> in its own theme, made by script, is only read', async ({ host }) => {
  const mira = await host.visit('<chat-room room="lobby" nick="Mira"></chat-room>');
  await new RoomPage(mira.frame).say('To be read');
  const reader = await host.visit('<main></main>', '/reader.html');
  await reader.frame.evaluate(() => {
    const room = document.createElement('chat-room');
    for (const [name, value] of [
      ['room', 'lobby'],
      ['theme', 'dark'],
      ['readonly', ''],
    ] as const) {
      room.setAttribute(name, value);
    }
    document.querySelector('main')?.append(room);
  });
  const room = new RoomPage(reader.frame);
  await room.sees('To be read');
  await expect(room.composer).toHaveCount(0);
  expect(await room.element.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark');
});
