import { expect, test } from 'vitest';
import { STATUS_PAGE_POLICY, statusPage } from './status-page.js';
import { hashOf, STATUS_WORDS, WEB_STATUSES } from './status-picture.js';

const between = (page: string, from: RegExp): string => from.exec(page)?.[1] ?? expect.unreachable();

test('its policy lets in its own style and script, and nothing from elsewhere', () => {
  const page = statusPage('online', 'auto');
  expect(STATUS_PAGE_POLICY).toContain(`style-src ${hashOf(between(page, /<style>([\s\S]*)<\/style>/))};`);
  expect(STATUS_PAGE_POLICY).toContain(
    `script-src ${hashOf(between(page, /<script type="module">([\s\S]*)<\/script>/))};`,
  );
  expect(STATUS_PAGE_POLICY).toMatch(/^default-src 'none';/);
  expect(STATUS_PAGE_POLICY).not.toContain('frame-ancestors');
});

test.each(WEB_STATUSES)('says %s before any script has run, and can become any other', (status) => {
  const page = statusPage(status, 'dark');
  expect(page).toContain('<html lang="en" data-theme="dark">');
  expect(page).toContain(`<p class="${status}">`);
  for (const one of WEB_STATUSES) {
    expect(page).toContain(`<span class="${one}">${STATUS_WORDS[one]}</span>`);
    expect(page).toContain(`p:not(.${one})>.${one}`);
  }
});
