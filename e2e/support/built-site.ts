import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
};

/** A Vite project, built into a folder of its own, and served. */
export class BuiltSite {
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
  }

  /**
   * @param configFile of the project, from the repository's root
   * @param env        what the project reads from `import.meta.env`
   */
  static async open(configFile: string, env: Readonly<Record<string, string>> = {}): Promise<BuiltSite> {
    const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-site-'));
    await build({
      configFile: path.resolve(import.meta.dirname, '../..', configFile),
      logLevel: 'error',
      define: Object.fromEntries(
        Object.entries(env).map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]),
      ),
      build: { outDir: folder, emptyOutDir: false },
    });
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://any');
      const file = path.join(folder, path.normalize(pathname), pathname.endsWith('/') ? 'index.html' : '');
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
    return new BuiltSite(folder, server);
  }

  /** Its origin. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }
}
