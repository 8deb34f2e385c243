import { expect, test } from 'vitest';
import { cssString } from './bubbles.js';

test('no word leaves its quotes', () => {
  expect(cssString('Sent')).toBe('"Sent"');
  expect(cssString('"; } \\ \n')).toBe('"\\22 ; } \\5c  \\a "');
});
