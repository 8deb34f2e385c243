import { expect, test } from 'vitest';
import { pageLanguage } from './page-language.js';

test.each([
  [null, undefined, 'en'],
  [null, '', 'en'],
  [null, 'de-CH,de;q=0.9,en;q=0.8', 'de-CH'],
  [null, 'en;q=0.5, fr;q=0.9', 'fr'],
  [null, 'it, ja;q=0.3', 'ja'],
  [null, 'it, *', 'en'],
  [null, 'de;q=0, es;q=0.001', 'es'],
  [null, 'de;q=2, es;q=x, fr;q=0.1', 'fr'],
  [null, '<script>, de', 'de'],
  [null, `${'it,'.repeat(19)}de`, 'de'],
  [null, `${'it,'.repeat(20)}de`, 'en'],
  ['pt-BR', 'de', 'pt-BR'],
  ['it', 'de', 'it'],
  ['en_GB', 'de', 'de'],
  ['"><script>', undefined, 'en'],
])('asked for %s, accepted %s: %s', (asked, accepted, tag) => {
  expect(pageLanguage(asked, accepted).tag).toBe(tag);
});

test('a language that there are no words in has English ones, and says so', () => {
  expect(pageLanguage('he', undefined)).toMatchObject({
    tag: 'he',
    direction: 'rtl',
    spoken: 'en',
    words: { tryAgain: 'Try again' },
  });
  expect(pageLanguage('AR-eg', undefined)).toMatchObject({ direction: 'rtl', spoken: 'ar' });
});
