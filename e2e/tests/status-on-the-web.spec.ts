import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../support/fixtures.js';
import type { ServerProcess } from '../support/server-process.js';

const main = path.resolve(import.meta.dirname, '../../packages/server/dist/main.js');

/** Adds an account whose status is shown, and gives the id. */
async function shared(server: ServerProcess, name: string): Promise<string> {
  const meerkat = (...args: string[]) =>
    promisify(execFile)(process.execPath, [main, 'user', ...args, '--data', server.dataFolder]);
  await meerkat('add', name, '--password', 'pencil case');
  const { stdout } = await meerkat('share', name);
  return /^status: (\S+)$/m.exec(stdout)?.[1] ?? '';
}

/** A page that isolates itself takes only what says that it may be taken. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

test('a frame shows a status in words on somebody else’s isolated page, and stays up to date', async ({
  server,
  otherSite,
  page,
}) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.clock.install();
  const id = await shared(server, 'mira');
  const frame = `<iframe sandbox="allow-scripts" title="Status of Mira" src="${server.url}/embed/badge/${id}"></iframe>`;
  await page.goto(otherSite.page('/people.html', frame, ISOLATED));
  const words = page.frameLocator('iframe').locator('p');
  await expect(words).toHaveText('Offline', { useInnerText: true });
  expect(problems).toEqual([]);

  let answer: string | undefined = 'dnd';
  await page.route('**/status/*.json', (route) =>
    answer === undefined
      ? route.abort('connectionrefused')
      : route.fulfill({ json: { status: answer }, headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.clock.runFor(20_000);
  await expect(words).toHaveText('Do not disturb', { useInnerText: true });
  answer = 'no such status';
  await page.clock.runFor(20_000);
  await expect(words).toHaveText('Do not disturb', { useInnerText: true });
  answer = undefined;
  await page.clock.runFor(80_000);
  await expect(words).toHaveText('Unknown', { useInnerText: true });
});

test('a picture of a status is shown on any page, and its colours are those of the visitor', async ({
  server,
  otherSite,
  page,
}) => {
  const id = await shared(server, 'mira');
  const picture = `${server.url}/status/${id}.svg`;
  await page.goto(otherSite.page('/people.html', `<img src="${picture}" alt="">`, ISOLATED));
  const width = () => page.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(width).toBe(16);
  // By itself: what its own policy lets in is enough to colour it.
  await page.goto(picture);
  const stroke = () => page.locator('circle').evaluate((circle) => getComputedStyle(circle).stroke);
  expect(await stroke()).toBe('rgb(99, 99, 99)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await stroke()).toBe('rgb(163, 163, 163)');
  await expect(page.getByRole('img', { name: 'Offline' })).toBeVisible();
});
