import { expect, test } from 'vitest';
import { wordpressSettings } from './settings.js';

test('without a word nothing of WordPress is used', () => {
  const settings = wordpressSettings.parse({});
  expect(settings.database).toBeUndefined();
  expect(settings).toMatchObject({ era: '4.0', passwords: 'none', prefix: 'wp_' });
});

test.each([
  { database: 'postgres://x/y' },
  { database: 'mysql://' },
  { prefix: "wp_'; DROP TABLE" },
  { siteUrl: 'shop.example' },
  { era: '3.9' },
  { secrets: [''] },
  { keep: 60_001 },
])('%j is refused', (settings) => {
  expect(wordpressSettings.safeParse(settings).success).toBe(false);
});

test('what is at the bounds is taken', () => {
  const settings = { database: 'sqlite:/srv/.ht.sqlite', prefix: '', keep: 60_000, passwords: 'all' };
  expect(wordpressSettings.parse(settings)).toMatchObject(settings);
});
