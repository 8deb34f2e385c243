import path from 'node:path';
import type { Entry } from './static-build.js';

/** Where the pictures are that stories must look like. */
export const PICTURES = path.join(import.meta.dirname, 'screenshots');

/** The looks that a story has a picture of. */
export const PICTURED = ['light', 'dark-rtl'] as const;

/** A story's picture: folder and file. */
export function pictureOf(story: Entry, look: (typeof PICTURED)[number]): readonly [string, string] {
  return [look, `${story.id}.png`];
}
