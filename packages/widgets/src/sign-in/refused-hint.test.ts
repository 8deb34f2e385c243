import { expect, test } from 'vitest';
import { refusedHint } from './refused-hint.js';

const NOW = 1_700_000_000;
const tokenOf = (claims: object) => `x.${btoa(JSON.stringify(claims)).replace(/=+$/, '')}.x`;
const hint = (claims: object) => refusedHint(tokenOf(claims), NOW * 1000);

test('what the token says is told, and the token is not', () => {
  const claims = { sub: 'mira', aud: 'chat.example', exp: NOW + 60, iat: NOW };
  expect(hint(claims)).toMatch(/sub "mira", aud "chat\.example", iss undefined, exp 1700000060\)\. The log/);
  expect(hint(claims)).not.toContain(tokenOf(claims));
});

test.each([
  [{ sub: 'mira', exp: NOW + 60, iat: NOW - 60 }, undefined],
  [{ sub: 'mira', exp: NOW + 60, iat: NOW - 61 }, '-61 s apart'],
  [{ sub: 'mira', exp: NOW + 600, iat: NOW + 300 }, '300 s apart'],
  [{ sub: 'mira', exp: NOW - 5 }, 'It ended 5 s ago'],
  [{ sub: 'mira' }, 'no exp'],
  [{ exp: NOW }, 'no sub'],
])('%j: %s', (claims, odd) => {
  if (odd) expect(hint(claims)).toContain(odd);
  else expect(hint(claims)).not.toContain('apart');
});
