import { expect, test } from 'vitest';
import { lookOf } from './embed-look.js';

const look = (query: string) => lookOf(new URLSearchParams(query), undefined);

test.each([
  ['', 'system-ui,sans-serif'],
  ['font=serif', 'ui-serif,Georgia,serif'],
  ['font=Mono', 'ui-monospace,Menlo,Consolas,monospace'],
  ['font=Inter', '"Inter",system-ui,sans-serif'],
  ['font=IBM+Plex+Sans', '"IBM Plex Sans",system-ui,sans-serif'],
  ['font=ヒラギノ角ゴ', '"ヒラギノ角ゴ",system-ui,sans-serif'],
  [`font=${'n'.repeat(40)}`, `"${'n'.repeat(40)}",system-ui,sans-serif`],
  [`font=${'n'.repeat(41)}`, 'system-ui,sans-serif'],
  ['font=a%22}*{color:red', 'system-ui,sans-serif'],
  ['font=a;color:red', 'system-ui,sans-serif'],
  ['font=</style><script>', 'system-ui,sans-serif'],
  ['font=a%5C', 'system-ui,sans-serif'],
  ['font=a%0Ab', 'system-ui,sans-serif'],
  ['font=url(x)', 'system-ui,sans-serif'],
])('%s is %s', (query, font) => {
  expect(look(query).font).toBe(font);
});

test('one accent for each ground', () => {
  expect(look('accent=%23E11D48&accent-dark=%23fda4af')).toMatchObject({
    accent: '#e11d48',
    accentDark: '#fda4af',
  });
  expect(look('accent=red&accent-dark=%23fff')).toMatchObject({ accent: undefined, accentDark: undefined });
});
