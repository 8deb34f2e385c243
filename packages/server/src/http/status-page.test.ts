import { expect, test } from 'vitest';
import { lookOf } from './embed-look.js';
import { PAGE_WORDS } from './page-words.js';
import { statusPage } from './status-page.js';
import { hashOf, WEB_STATUSES } from './status-picture.js';

const between = (page: string, from: RegExp): string => from.exec(page)?.[1] ?? expect.unreachable();
const look = (query: string) => lookOf(new URLSearchParams(query), undefined);

test.each(['', 'font=Inter'])(
  'its policy lets in its own style and script, and nothing from elsewhere: %s',
  (query) => {
    const { html, policy } = statusPage('online', look(query));
    expect(policy).toContain(`style-src ${hashOf(between(html, /<style>([\s\S]*)<\/style>/))};`);
    expect(policy).toContain(
      `script-src ${hashOf(between(html, /<script type="module">([\s\S]*)<\/script>/))};`,
    );
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('frame-ancestors');
  },
);

test.each(WEB_STATUSES)('says %s before any script has run, and can become any other', (status) => {
  const { html } = statusPage(status, look('theme=dark&lang=de'));
  expect(html).toContain('<html lang="de" dir="ltr" data-theme="dark">');
  expect(html).toContain(`<p class="${status}">`);
  for (const one of WEB_STATUSES) {
    expect(html).toContain(`<span class="${one}">${PAGE_WORDS.get('de')?.statuses[one]}</span>`);
    expect(html).toContain(`p:not(.${one})>.${one}`);
  }
});
