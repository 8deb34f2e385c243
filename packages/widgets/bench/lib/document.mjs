// Writes the tables of a run into a document, between two lines of it.

import { readFileSync, writeFileSync } from 'node:fs';
import { runAsMarkdown } from './report.mjs';

const BEGIN = '<!-- generated: npm run bench:widgets -->';
const END = '<!-- end of generated: npm run bench:widgets -->';

/** The document with the block in place of the one before. @throws RangeError when it has no place for one */
export function withTables(document, block) {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END, from);
  if (from === -1 || to === -1) throw new RangeError(`no lines ${BEGIN} and ${END}`);
  return `${document.slice(0, from)}${BEGIN}\n\n${block.trim()}\n\n${document.slice(to)}`;
}

/** Writes a run into a file. */
export function writeDocument(file, run) {
  writeFileSync(file, withTables(readFileSync(file, 'utf8'), runAsMarkdown(run)));
}
