import { expect, test } from 'vitest';
import { LANGUAGE_TAGS } from '../locales/page-locale.js';
import { ENGLISH } from './badge-view.js';
import { wordsIn } from './translated-words.js';

test.each(LANGUAGE_TAGS)('%s has a word of its own for each state', (language) => {
  const words = wordsIn(`${language.toUpperCase()}-x`) ?? expect.unreachable();
  expect(Object.keys(words).sort()).toEqual(Object.keys(ENGLISH).sort());
  expect(new Set(Object.values(words)).size).toBe(Object.keys(ENGLISH).length);
});

test.each(['it', '', 'en'])('%s has none', (language) => {
  expect(wordsIn(language)).toBeUndefined();
});
