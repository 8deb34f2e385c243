// Checks dist/custom-elements.json against the sources by the rules of manifest-rules.mjs, what was made from it
// for editors and compilers against itself, and what documents and pages write against it.
// Usage: node packages/widgets/scripts/check-manifest.mjs     after a build

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { elementFiles } from './element-files.mjs';
import { checkManifest, checkSnippets } from './manifest-rules.mjs';

const here = path.resolve(import.meta.dirname, '..');
const files = new Map();
for (const name of readdirSync(path.join(here, 'src'), { recursive: true })) {
  const file = path.posix.join('src', name.split(path.sep).join('/'));
  if (/(?<!\.test)\.ts$/.test(file)) files.set(file, readFileSync(path.join(here, file), 'utf8'));
}
const read = (name) => readFileSync(path.join(here, name), 'utf8');
const manifest = JSON.parse(read('dist/custom-elements.json'));
const about = JSON.parse(read('package.json'));
const tags = ['chat-room', 'chat-box', 'presence-badge'];

const problems = checkManifest(manifest, files, tags);
for (const [name, text] of elementFiles(manifest, about)) {
  const file = `./dist/${name}`;
  if (!JSON.stringify(about.exports).includes(`"${file}"`))
    problems.push(`${file}: package.json does not export it`);
  if (read(file) !== text) problems.push(`${file}: stale, run cem analyze`);
}
const root = path.resolve(here, '../..');
const written = ['README.md', 'docs/how-to', 'apps/demo', 'examples/html'].flatMap((top) =>
  statSync(path.join(root, top)).isFile()
    ? [top]
    : readdirSync(path.join(root, top), { recursive: true }).map((name) => path.join(top, name)),
);
const texts = written
  // How frameworks write them is checked by their own tools, on the examples.
  .filter((file) => /\.(html|md)$/.test(file) && !/node_modules|dist|frameworks\.md|react/.test(file))
  .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]);
problems.push(...checkSnippets(manifest, texts));
if (about['web-types'] !== './dist/web-types.json') problems.push('package.json names no web-types');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`  ${tags.length} elements documented in full`);
