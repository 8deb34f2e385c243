import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** The pages, by the path under which they are served. */
export const PAGES = [
  '/',
  '/article/',
  '/stream/',
  '/people/',
  '/react/',
  '/turbo/',
  '/turbo/second/',
] as const;

/** `/article/` -> the file that is built into it. */
export function fileOf(page: (typeof PAGES)[number]): string {
  return fileURLToPath(new URL(`.${page}index.html`, import.meta.url));
}

const PART = /<!-- part:([a-z]+) -->/g;

/** Marks the link of the page itself, and the link of the section that it is in. */
function markCurrent(html: string, page: string): string {
  return html.replace(/<a href="(\/[^"]*)"/g, (link, target: string) => {
    if (target === page) return `${link} aria-current="page"`;
    return target !== '/' && page.startsWith(target) ? `${link} aria-current="true"` : link;
  });
}

/** Puts what all pages share (`partials/NAME.html`) in the place of `<!-- part:NAME -->`. */
export function sitePages(): Plugin {
  return {
    name: 'site-pages',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { path }) => {
        const page = path.replace(/index\.html$/, '');
        return html.replace(PART, (_, name: string) => {
          const part = readFileSync(new URL(`./partials/${name}.html`, import.meta.url), 'utf8').trim();
          return markCurrent(part, page);
        });
      },
    },
  };
}
