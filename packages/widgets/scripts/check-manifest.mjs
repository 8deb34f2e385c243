// Checks dist/custom-elements.json against the sources by the rules of manifest-rules.mjs.
// Usage: node packages/widgets/scripts/check-manifest.mjs     after a build

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkManifest } from './manifest-rules.mjs';

const here = path.resolve(import.meta.dirname, '..');
const files = new Map();
for (const name of readdirSync(path.join(here, 'src'), { recursive: true })) {
  const file = path.posix.join('src', name.split(path.sep).join('/'));
  if (/(?<!\.test)\.ts$/.test(file)) files.set(file, readFileSync(path.join(here, file), 'utf8'));
}
const manifest = JSON.parse(readFileSync(path.join(here, 'dist/custom-elements.json'), 'utf8'));
const tags = ['chat-room', 'chat-box', 'presence-badge'];

const problems = checkManifest(manifest, files, tags);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`  ${tags.length} elements documented in full`);
