import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '../support/fixtures.js';
import { problemsOf } from '../support/problems.js';
import { RoomPage } from '../support/room-page.js';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFile(path.join(root, file), 'utf8');

test('the five lines of the README, saved as a file and opened in two windows, chat', async ({
  server,
  browser,
}) => {
  const readme = await read('README.md');
  const lines = /^```html\n(.*?)^```$/ms.exec(readme)?.[1] ?? '';
  expect(lines.trim().split('\n')).toHaveLength(5);
  expect(await read('examples/html/index.html'), 'the example is the same').toBe(lines);

  const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-lines-'));
  try {
    const file = path.join(folder, 'page.html');
    await writeFile(file, lines.replace('http://127.0.0.1:5280', server.url));
    const rooms: RoomPage[] = [];
    const problems: (readonly string[])[] = [];
    for (const name of ['Mira', 'Tom']) {
      const page = await browser.newPage();
      problems.push(await problemsOf(page));
      await page.goto(pathToFileURL(file).href);
      const room = new RoomPage(page);
      await room.say(`${name} is here`);
      await room.giveName(name);
      rooms.push(room);
    }
    for (const room of rooms) {
      await room.sees('Mira is here');
      await room.sees('Tom is here');
    }
    expect(problems.flat()).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
