import { expect, test } from 'vitest';
import { withTables } from './document.mjs';

const [begin, end] = [
  '<!-- generated: npm run bench:widgets -->',
  '<!-- end of generated: npm run bench:widgets -->',
];

test('only what is between the two lines is written anew, and a second time is the same', () => {
  const once = withTables(`before\n${begin}\nold\n${end}\nafter\n`, '| new |\n');
  expect(once).toBe(`before\n${begin}\n\n| new |\n\n${end}\nafter\n`);
  expect(withTables(once, '| new |')).toBe(once);
});

test('a document without the lines, or with them the wrong way round, is left alone', () => {
  expect(() => withTables('text', 'new')).toThrow(RangeError);
  expect(() => withTables(`${end}\n${begin}`, 'new')).toThrow(RangeError);
});
