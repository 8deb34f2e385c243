import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publicOnly, readAttributes, sharedTokens } from './scripts/analyzer-plugins.mjs';
import { writeElementFiles } from './scripts/element-files.mjs';

const folder = path.join(import.meta.dirname, 'dist');
const about = JSON.parse(readFileSync(path.join(import.meta.dirname, 'package.json'), 'utf8'));
function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What `cem analyze` reads (the classes of the elements and of their events) and where it writes. */
export default {
  globs: ['src/**/*-element.ts', 'src/**/*.events.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [readAttributes(), publicOnly(), sharedTokens(), writeElementFiles({ folder, write, about })],
};
