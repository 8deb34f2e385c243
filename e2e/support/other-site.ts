import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the site's own back end says to a request. */
export interface BackEndAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody else's web site: small pages from another origin than the chat's, to embed it in. */
export class OtherSite {
  readonly #server: Server;
  readonly #pages = new Map<
    string,
    { readonly html: string; readonly headers: Readonly<Record<string, string>> }
  >();

  readonly #backEnd = new Map<string, (request: IncomingMessage) => BackEndAnswer>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OtherSite> {
    const server = createServer();
    const site = new OtherSite(server);
    server.on('request', (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://any');
      // Browsers ask for it by themselves; its absence is no error of a page.
      if (pathname === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const answer = site.#backEnd.get(pathname)?.(request);
      if (answer) {
        response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
        return;
      }
      const page = site.#pages.get(pathname);
      response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
      response.end(page?.html ?? '<!doctype html><title>Not found</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /** Another origin of the same site as the chat server: another port on the same host. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Another site altogether, where a browser treats the chat's frames and cookies as a third party's. */
  get crossSiteUrl(): string {
    return this.url.replace('127.0.0.1', 'localhost');
  }

  /** Puts a page on the site, a fragment or a whole document, and gives its address. */
  page(path: string, html: string, headers: Readonly<Record<string, string>> = {}): string {
    const whole = /^\s*<!doctype/i.test(html)
      ? html
      : `<!doctype html><html lang="en"><meta charset="utf-8"><title>Another site</title><body>${html}</body></html>`;
    this.#pages.set(path, { html: whole, headers });
    return this.url + path;
  }

  /** What its back end does at a path. */
  answers(path: string, answer: (request: IncomingMessage) => BackEndAnswer): void {
    this.#backEnd.set(path, answer);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
