import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** The page with every state of `<chat-room>`, on fake chats: built once for a file of tests, and served. */
export class Gallery {
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
  }

  static async open(): Promise<Gallery> {
    const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-gallery-'));
    await build({
      configFile: path.resolve(import.meta.dirname, '../../packages/widgets/dev/vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: false },
    });
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://any');
      const file = path.join(folder, path.normalize(pathname));
      readFile(file).then(
        (body) => {
          // A sandboxed frame has an origin of its own, and asks for scripts across it.
          response.writeHead(200, {
            'content-type': TYPES[path.extname(file)] ?? 'text/plain',
            'access-control-allow-origin': '*',
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gallery(folder, server);
  }

  /** The address of one state, with options of the page. */
  url(state: string, options: Readonly<Record<string, string>> = {}): string {
    return this.#url('states.html', { state, ...options });
  }

  /** The address of a page with `<chat-box>`, with its options (packages/widgets/dev/box.ts). */
  box(options: Readonly<Record<string, string>> = {}): string {
    return this.#url('box.html', options);
  }

  #url(page: string, options: Readonly<Record<string, string>>): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${page}?${new URLSearchParams(options)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }
}
