// Serves what the bench's pages need, over loopback. Pages are never kept, what they load may be.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * Starts it.
 * @param {Readonly<Record<string, string>>} folders by the first part of a path; `''` is for all other paths
 * @returns {Promise<{ origin: string, page(html: string): string, close(): Promise<void> }>} `page` puts a page at an
 *   address of its own
 */
export async function openSite(folders) {
  const pages = new Map();
  const read = async (pathname) => {
    const page = pages.get(pathname);
    if (page !== undefined) return { body: page, type: TYPES['.html'], cache: 'no-store' };
    const [, first = '', ...rest] = pathname.split('/');
    const named = first !== '' && Object.hasOwn(folders, first);
    const file = path.join(folders[named ? first : ''], path.normalize(named ? rest.join('/') : pathname));
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    return { body: await readFile(file), type, cache: named ? 'max-age=3600' : 'no-store' };
  };
  const server = createServer((request, response) => {
    read(decodeURIComponent(new URL(request.url, 'http://any').pathname)).then(
      ({ body, type, cache }) => {
        response.writeHead(200, { 'content-type': type, 'cache-control': cache });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    page(html) {
      const where = `/page-${pages.size}.html`;
      pages.set(where, html);
      return origin + where;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
