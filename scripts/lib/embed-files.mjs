// What of dist/embed/ a page downloads, by the manifest that Vite leaves beside it.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './run.mjs';

/** The folder of `embed.js` and its chunks, after a build of the widgets. */
export const embedFolder = path.join(root, 'packages/widgets/dist/embed');

/** Bytes on the wire. */
export const gzip = (content) => gzipSync(content, { level: 9 }).length;

/** The names of a chunk and of all that it imports statically: what must arrive before it can run. */
export function staticGraph(start, importsOf) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of importsOf(name) ?? []) visit(next);
  };
  visit(start);
  return [...seen];
}

/**
 * The files of a loader, or of the chunk that it fetches for a tag and all that must arrive before that can run; the
 * entry is the first of them.
 * @param {string} [tag] an element's; without it the loader itself is meant
 * @returns {string[] | undefined} names in `embedFolder`; undefined where it is not built
 */
export function embedFiles(tag, from = 'src/embed.ts') {
  const file = path.join(embedFolder, '.vite/manifest.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const chunkOf = (key) => manifest[key].src?.endsWith(`/${tag}.ts`) || manifest[key].name === `for-${tag}`;
  const entry = tag === undefined ? from : manifest[from]?.dynamicImports.find(chunkOf);
  if (!manifest[entry]) return undefined;
  return [...new Set(staticGraph(entry, (key) => manifest[key]?.imports).map((key) => manifest[key].file))];
}

/** What `embedFiles` come to, each compressed alone. */
export function embedBytes(tag, from) {
  return embedFiles(tag, from)?.reduce(
    (sum, name) => sum + gzip(readFileSync(path.join(embedFolder, name))),
    0,
  );
}
