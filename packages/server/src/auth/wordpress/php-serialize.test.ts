import { expect, test } from 'vitest';
import { unserialize } from './php-serialize.js';

const read = (text: string) => unserialize(Buffer.from(text));

test('values are read', () => {
  expect(read('N;')).toBeNull();
  expect(read('b:1;')).toBe(true);
  expect(read('i:-42;')).toBe(-42);
  expect(read('d:0.5;')).toBe(0.5);
  expect(read('s:6:"żół";')?.toString()).toBe('żół');
});

test('strings end where their length says, whatever is in them', () => {
  const text = '";}s:1:"x';
  expect(read(`s:${text.length}:"${text}";`)).toEqual(Buffer.from(text));
});

test('arrays keep their keys', () => {
  expect(read('a:2:{s:1:"a";i:1;i:7;a:1:{s:0:"";b:0;}}')).toEqual(
    new Map<string, unknown>([
      ['a', 1],
      ['7', new Map([['', false]])],
    ]),
  );
});

test.each([
  '',
  'i:1',
  'i:;',
  'i:1x;',
  'i:99999999999999999999;',
  's:3:"ab";',
  's:-1:"";',
  's:1:"a"',
  's:999999999:"a";',
  'a:1:{i:0;}',
  'a:2:{i:0;i:1;}',
  'a:1:{a:0:{}i:1;}',
  'a:1:{d:1.5;i:1;}',
  'O:8:"stdClass":0:{}',
  'C:1:"A":0:{}',
  'r:1;',
  'i:1;i:2;',
  'x',
])('%j is refused', (text) => {
  expect(() => read(text)).toThrow();
});

test('what is nested or many is refused beyond the bounds', () => {
  const nested = (depth: number) => `${'a:1:{i:0;'.repeat(depth)}N;${'}'.repeat(depth)}`;
  expect(() => read(nested(16))).not.toThrow();
  expect(() => read(nested(17))).toThrow('too large');
  const many = (count: number) =>
    `a:${count}:{${Array.from({ length: count }, (_, n) => `i:${n};N;`).join('')}}`;
  expect(() => read(many(4999))).not.toThrow();
  expect(() => read(many(5000))).toThrow('too large');
});
