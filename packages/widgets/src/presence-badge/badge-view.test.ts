import { expect, test } from 'vitest';
import { ENGLISH, nameOf } from './badge-view.js';

test('is called by the state, and by the person where a label says who', () => {
  const words = { ...ENGLISH, away: 'Abwesend' };
  expect(nameOf({ state: 'dnd', words: ENGLISH, label: undefined })).toBe('Do not disturb');
  expect(nameOf({ state: 'dnd', words: ENGLISH, label: '' })).toBe('Do not disturb');
  expect(nameOf({ state: 'away', words, label: 'Mira' })).toBe('Mira: Abwesend');
});
