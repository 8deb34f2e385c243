import { expect, test } from 'vitest';
import { namesFor, OFFERED_AT_MOST } from './name-list.js';

const here = ['Tomasz', 'Mira', 'Ana María', 'mirko', 'Zed_Mirabel', 'José', 'Mira'];

test.each([
  ['mi', ['Mira', 'mirko', 'Zed_Mirabel']],
  ['MAR', ['Ana María']],
  ['jose', ['José']],
  ['josé', ['José']],
  ['x', []],
  ['.*', []],
])('@%s offers %j', (query, expected) => {
  expect(namesFor(query, here, 'en')).toEqual(expected);
});

test('a bare sign offers those who come first, and no more than fit', () => {
  expect(namesFor('', ['b', 'a'], 'en')).toEqual(['b', 'a']);
  const many = Array.from({ length: OFFERED_AT_MOST + 1 }, (_, index) => `n${index}`);
  expect(namesFor('n', many, 'en')).toEqual(many.slice(0, OFFERED_AT_MOST));
});
