import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { RoomPage } from '../support/room-page.js';

// Framed rooms by addresses that the server has signed: `meerkat embed`, and `embed.signed` = `required`.

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');

test.use({ serverOptions: { env: { MEERKAT_EMBED__SIGNED: 'required' } } });

/** What `meerkat embed` prints for the data folder of a running server. */
async function signed(data: string, server: string, ...args: readonly string[]): Promise<string> {
  const all = [main, 'embed', ...args, '--server', server, '--data', data];
  return (await promisify(execFile)(process.execPath, all)).stdout.trim();
}

async function frame(page: Page, at: string, address: string) {
  await page.goto(at);
  await page.evaluate((src) => {
    const made = document.createElement('iframe');
    Object.assign(made, { src, title: 'Chat', width: '400', height: '420' });
    document.body.replaceChildren(made);
  }, address);
  return page.frameLocator('iframe');
}

test('the pages that are named frame the room, as it was signed, and no others do', async ({
  server,
  otherSite,
  page,
}) => {
  otherSite.page('/blog.html', '');
  const [blog, elsewhere] = [otherSite.url, otherSite.crossSiteUrl];
  const address = await signed(server.dataFolder, server.url, 'hall', '--origin', blog);
  const room = new RoomPage(await frame(page, `${blog}/blog.html`, `${address}&nick=Mira`));
  await room.say('As it was meant');
  await room.sees('As it was meant');

  const readOnly = await signed(
    server.dataFolder,
    server.url,
    'hall',
    '--origin',
    blog,
    '--feature',
    'read-only',
  );
  const reader = new RoomPage(await frame(page, `${blog}/blog.html`, `${readOnly}&readonly=0`));
  await reader.sees('As it was meant');
  await expect(reader.composer).toHaveCount(0);

  for (const edited of [
    `${server.url}/embed/room/hall`,
    address.replace('/hall?', '/garden?'),
    `${address}x`,
  ]) {
    const refused = await frame(page, `${blog}/blog.html`, edited);
    await expect(refused.getByRole('heading', { name: 'This chat cannot be shown here' })).toBeVisible();
  }

  // Another site: the browser does not show it.
  const blocked = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await frame(page, `${elsewhere}/blog.html`, address);
  await blocked;
});
