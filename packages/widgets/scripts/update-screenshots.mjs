// Makes the pictures that stories are compared with: those that are missing or no longer right, and takes away those of
// stories that are gone. Look at what it changed before it is committed.
// Usage: npm run update-screenshots --workspace @meerkat-chat/widgets [-- -g PART_OF_A_STORY'S_ID]

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withPalette } from './png.mjs';

const here = path.resolve(import.meta.dirname, '..');
const playwright = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
);
const { status } = spawnSync(
  process.execPath,
  [
    ...[playwright, 'test', '--config=.storybook/test', '--reporter=line', '--update-snapshots=changed'],
    ...['every-story', ...process.argv.slice(2)],
  ],
  { cwd: here, stdio: 'inherit' },
);

const { entries } = JSON.parse(readFileSync(path.join(here, 'storybook-static/index.json'), 'utf8'));
const folder = path.join(here, '.storybook/test/screenshots');
let bytes = 0;
let count = 0;
for (const name of readdirSync(folder, { recursive: true }).filter((one) => one.endsWith('.png'))) {
  const file = path.join(folder, name);
  if (!(path.basename(name, '.png') in entries)) {
    rmSync(file);
    console.log(`removed ${name}`);
    continue;
  }
  const now = readFileSync(file);
  const small = withPalette(now);
  if (small !== now) writeFileSync(file, small);
  bytes += small.length;
  count++;
}
console.log(`${count} pictures, ${(bytes / 1e6).toFixed(2)} MB`);
process.exitCode = status ?? 1;
