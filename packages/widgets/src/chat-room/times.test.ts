import { expect, test } from 'vitest';
import { en } from '../locales/en.js';
import { Times } from './times.js';

const noon = new Date(2026, 0, 15, 12, 4).getTime();
const days = (count: number) => count * 86_400_000;

test('says times and numbers in the language of the page', () => {
  expect(new Times(en, 'en-GB').time(noon)).toBe('12:04');
  expect(new Times(en, 'de').count(1204)).toBe('1.204');
  expect(new Times(en, 'en').count(1204)).toBe('1,204');
});

test('a malformed language is no reason to break', () => {
  expect(new Times(en, 'x_!').count(1)).toBe('1');
});

test('names today and yesterday, and other days by their date', () => {
  const times = new Times(en, 'en-GB');
  expect(times.day(noon, noon)).toBe('Today');
  expect(times.day(noon - days(1), noon)).toBe('Yesterday');
  expect(times.day(noon - days(2), noon)).toMatch(/^Tuesday.*13 January$/);
});
