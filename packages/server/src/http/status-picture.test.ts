import { expect, test } from 'vitest';
import { parseXml } from '../testing/parse-xml.js';
import { PAGE_WORDS } from './page-words.js';
import { hashOf, statusPicture, statusShape, WEB_STATUSES } from './status-picture.js';

const english = PAGE_WORDS.get('en') ?? expect.unreachable();

test.each(WEB_STATUSES)('the picture of %s is well-formed, small, and says it in words', (status) => {
  const { svg } = statusPicture(status, english);
  expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(1024);
  expect(parseXml(svg)).toMatchObject({
    name: 'svg',
    ns: 'http://www.w3.org/2000/svg',
    attrs: { role: 'img' },
  });
  expect(svg).toContain(`<title id="t">${english.statuses[status]}</title>`);
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('no two have the same shape', () => {
  expect(new Set(WEB_STATUSES.map(statusShape)).size).toBe(WEB_STATUSES.length);
});

test.each(WEB_STATUSES)('the policy of %s lets in its own style and nothing else', (status) => {
  const { svg, policy } = statusPicture(status, english);
  const [, style = ''] = /<style>(.*)<\/style>/.exec(svg) ?? [];
  expect(policy).toBe(`default-src 'none'; style-src ${hashOf(style)}; sandbox`);
});

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(WEB_STATUSES)('%s stands out on light pages and on dark ones', (status) => {
  const { svg } = statusPicture(status, english);
  const [, light = '', dark = ''] = /color:(#\w+).*dark\)\{svg\{color:(#\w+)/.exec(svg) ?? [];
  expect(1.05 / (luminance(light) + 0.05)).toBeGreaterThanOrEqual(4.5);
  expect((luminance(dark) + 0.05) / (luminance('#161d1f') + 0.05)).toBeGreaterThanOrEqual(4.5);
});
