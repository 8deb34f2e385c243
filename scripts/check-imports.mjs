// Checks the rules of scripts/lib/source-rules.mjs over the whole tree and prints file sizes per package.
// Exceptions, each with its reason, are in scripts/exceptions.json.
// Usage: node scripts/check-imports.mjs

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkSources } from './lib/source-rules.mjs';

const root = path.resolve(import.meta.dirname, '..');
const SKIP = new Set(['node_modules', 'dist', '.turbo', 'test-results', 'storybook-static']);

function* walk(folder) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory() && !SKIP.has(entry.name) && file !== 'packages/server/web') yield* walk(file);
    else if (entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name)) yield file;
  }
}

const files = new Map();
const manifests = { root: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) };
for (const top of ['packages', 'apps', 'e2e', 'interop', 'tests', 'scripts']) {
  for (const file of walk(top)) files.set(file, readFileSync(path.join(root, file), 'utf8'));
}
for (const folder of ['packages', 'apps']) {
  for (const name of readdirSync(path.join(root, folder))) {
    const part = folder === 'apps' ? `apps/${name}` : name;
    manifests[part] = JSON.parse(readFileSync(path.join(root, folder, name, 'package.json'), 'utf8'));
  }
}
for (const part of ['e2e', 'interop', 'tests']) {
  manifests[part] = JSON.parse(readFileSync(path.join(root, part, 'package.json'), 'utf8'));
}
const exceptions = JSON.parse(readFileSync(path.join(root, 'scripts/exceptions.json'), 'utf8'));

const { problems, sizes } = checkSources(files, manifests, exceptions);
console.log('lines of source     files   total  median    p90    max');
for (const { part, ...n } of sizes) {
  const cells = [n.files, n.lines, n.median, n.p90, n.max].map((value) => String(value).padStart(7));
  console.log(`  ${part.padEnd(16)}${cells.join(' ')}`);
}
for (const { rule, file, text } of problems) console.error(`${file}: ${text} [${rule}]`);
if (problems.length > 0) {
  console.error(`${problems.length} problems in ${files.size} files`);
  process.exit(1);
}
console.log(`${files.size} files keep the rules`);
