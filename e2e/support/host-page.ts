import type { Browser, Frame, Page } from '@playwright/test';
import type { OtherSite } from './other-site.js';
import { problemsOf } from './problems.js';

/**
 * What kind of page the elements are put into: one without conditions; one whose policy lets scripts and styles in by
 * nonce alone, forbids `eval`, inline styles and raw HTML (Trusted Types), and connects to the chat's server only; a
 * frame that may run scripts and nothing else, whose origin is opaque and which has no storage.
 */
export type Conditions = 'plain' | 'sandboxed' | 'strict-csp';

const NONCE = 'r4nd0m';

const strictPolicy = (server: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}'`,
    `style-src 'nonce-${NONCE}'`,
    // The page's icon with the number of unread messages on it.
    "img-src 'self' data:",
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

/** What the pages are made of. */
export interface HostParts {
  /** The origin that `embed.js` comes from. */
  readonly server: string;
  readonly site: OtherSite;
  readonly browser: Browser;
  readonly conditions: Conditions;
}

/** Pages of another site with our tags, under the conditions of the project that runs. */
export class HostPages {
  readonly #parts: HostParts;
  readonly #visits: Visit[] = [];

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** Somebody new opens a page with these tags. @param path where it is, for two pages in one test */
  async visit(tags: string, path = '/page.html'): Promise<Visit> {
    const { site, browser, conditions } = this.#parts;
    const page = await browser.newPage();
    const visit = new Visit(page, conditions, await problemsOf(page));
    this.#visits.push(visit);
    await page.goto(site.page(path, ...this.#document(tags, path)));
    return visit;
  }

  /** What the pages had to object to so far. */
  get problems(): readonly string[] {
    return this.#visits.flatMap(({ problems }) => problems);
  }

  #document(tags: string, path: string): [html: string, headers: Readonly<Record<string, string>>] {
    const { server, site, conditions } = this.#parts;
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<style nonce="${NONCE}">chat-room { display: block; height: 400px }</style>
<script type="module" nonce="${NONCE}" src="${server}/embed.js"></script>
${tags}</html>`;
    switch (conditions) {
      case 'plain':
        return [html, {}];
      case 'strict-csp':
        return [html, { 'content-security-policy': strictPolicy(server) }];
      case 'sandboxed': {
        const inner = path.replace('.html', '-framed.html');
        site.page(inner, html);
        return [
          `<iframe sandbox="allow-scripts" title="Framed" src="${inner}" width="700" height="600"></iframe>`,
          {},
        ];
      }
    }
  }
}

/** A page that somebody has open. */
export class Visit {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly #conditions: Conditions;

  constructor(page: Page, conditions: Conditions, problems: readonly string[]) {
    this.page = page;
    this.problems = problems;
    this.#conditions = conditions;
  }

  /** The document with the tags, as it is now: another one after a reload. */
  get frame(): Frame {
    const frame = this.#conditions === 'sandboxed' ? this.page.frames()[1] : this.page.mainFrame();
    if (!frame) throw new Error('the page has no frame');
    return frame;
  }

  /** Whether `localStorage` is there, as a script of the page finds it. */
  hasStorage(): Promise<boolean> {
    return this.frame.evaluate(() => {
      try {
        return localStorage !== null;
      } catch {
        return false;
      }
    });
  }
}
