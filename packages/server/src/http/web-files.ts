import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A file as it is served. */
export interface WebFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly cache: string;
  /** Pages of other origins may read it: all that belongs to `embed.js`. */
  readonly anyOrigin: boolean;
}

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.gif', 'image/gif'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.jpg', 'image/jpeg'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.mp4', 'video/mp4'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webm', 'video/webm'],
  ['.webmanifest', 'application/manifest+json'],
  ['.webp', 'image/webp'],
  ['.woff2', 'font/woff2'],
]);

/** Where the elements' Storybook is, when it was built. */
export const STORYBOOK = '/storybook/';

const HASHED = /[-.][\w-]{6,}\.\w+(\.map)?$/;

function cacheOf(name: string): string {
  if (name.endsWith('.html')) return 'no-cache';
  if (HASHED.test(name)) return 'public, max-age=31536000, immutable';
  return 'public, max-age=300';
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      );
  } catch (error) {
    // Not built yet: the server works without a page.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** `embed/embed.js` -> `/embed.js`, everything else that belongs to it below `/embed/`. */
function embedUrl(name: string): string {
  return name === 'embed.js' || name.startsWith('embed/') ? `/${name}` : `/embed/${name}`;
}

/**
 * Reads the built pages into memory, by the path of their URL. What is served is what was there at the start and
 * nothing else, so no path that anybody asks for reaches the disk.
 * @param folder has `embed/` (embed.js and its chunks), `demo/` (served at `/`) and `storybook/`; any may be missing
 */
export async function loadWebFiles(folder: string): Promise<ReadonlyMap<string, WebFile>> {
  const files = new Map<string, WebFile>();
  const add = async (from: string, name: string, url: string, more: Partial<WebFile> = {}): Promise<void> => {
    const body = await readFile(path.join(from, name));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const type = TYPES.get(path.posix.extname(name).toLowerCase()) ?? 'application/octet-stream';
    files.set(url, { body, type, etag, cache: cacheOf(name), anyOrigin: false, ...more });
  };
  const addPages = async (from: string, at: string, more?: Partial<WebFile>): Promise<void> => {
    for (const name of await filesBelow(from)) {
      await add(from, name, at + name, more);
      if (path.posix.basename(name) === 'index.html') {
        await add(from, name, at + name.slice(0, -'index.html'.length), more);
      }
    }
  };
  await addPages(path.join(folder, 'demo'), '/');
  // Not all names in it change with their content.
  await addPages(path.join(folder, 'storybook'), STORYBOOK, { cache: 'no-cache' });
  const embed = path.join(folder, 'embed');
  for (const name of await filesBelow(embed)) await add(embed, name, embedUrl(name), { anyOrigin: true });
  return files;
}
