import { expect, test } from 'vitest';
import { en } from './en.js';
import { talk } from './en-talk.js';

test('is what English loads when somebody is talked about', async () => {
  expect(await en.talk()).toBe(talk);
});

test('one, two, or several people are typing', () => {
  expect(talk.typing('Mira', undefined, false)).toBe('Mira is typing');
  expect(talk.typing('Mira', 'Joe', false)).toBe('Mira and Joe are typing');
  expect(talk.typing('Mira', 'Joe', true)).toBe('Several people are typing');
});

test('who did what, and why, as far as it is known', () => {
  expect(talk.removed('Joe', 'Mira', 'spam')).toBe('Mira removed Joe: spam');
  expect(talk.removed('Joe', 'Mira', undefined)).toBe('Mira removed Joe.');
  expect(talk.banned('Joe', undefined, 'spam')).toBe('Joe was banned: spam');
  expect(talk.banned('Joe', undefined, undefined)).toBe('Joe was banned.');
});
