import { expect, test } from 'vitest';
import { claimsOf, textOf } from './claims.js';

const token = (body: unknown): string =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(body)).toString('base64url')}.x`;

test('a page knows what its token says', () => {
  expect(claimsOf(token({ sub: 'mira', name: 'Mira Żółć', exp: 60, iat: 0, until: 90 }))).toEqual({
    sub: 'mira',
    name: 'Mira Żółć',
    exp: 60,
    iat: 0,
    until: 90,
  });
  expect([textOf('mira'), textOf(''), textOf(7), textOf({})]).toEqual([
    'mira',
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  '',
  'opaque',
  'a.b.c',
  'a.%%.c',
  token(null),
  token('mira'),
  `a.${Buffer.from([0xff]).toString('base64url')}.c`,
])('%j says nothing', (text) => {
  expect(textOf(claimsOf(text).sub)).toBeUndefined();
});
