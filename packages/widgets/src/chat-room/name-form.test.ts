import { expect, test } from 'vitest';
import { MAX_NICK, nextName } from './name-form.js';

test.each([
  ['Mira', 'Mira 2'],
  ['Mira 2', 'Mira 3'],
  ['Mira Kim', 'Mira Kim 2'],
  ['Mira 99', 'Mira 100'],
  ['7', '7 2'],
])('after %j comes %j', (nick, next) => expect(nextName(nick)).toBe(next));

test('it is never too long', () => {
  expect(nextName('x'.repeat(MAX_NICK)).length).toBeLessThanOrEqual(MAX_NICK);
});
