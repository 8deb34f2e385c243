import { expect, test } from 'vitest';
import { ApiKeys } from './api-keys.js';

const SHOP = 's'.repeat(32);
const BLOG = 'b'.repeat(1024);
const keys = new ApiKeys([
  { name: 'shop', key: SHOP, scopes: ['rooms:read'] },
  { name: 'blog', key: BLOG, scopes: ['users:write', 'audit:read'] },
]);

test.each([
  [`Bearer ${SHOP}`, 'key shop'],
  [`bearer  ${SHOP}`, 'key shop'],
  [`Bearer ${BLOG}`, 'key blog'],
])('%s: %s', (header, actor) => {
  expect(keys.callerOf(header)?.actor).toBe(actor);
});

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  SHOP,
  `Basic ${SHOP}`,
  `Bearer ${SHOP} ${SHOP}`,
  `Bearer ${SHOP}, Bearer ${BLOG}`,
  `Bearer ${SHOP}x`,
  `Bearer ${SHOP.slice(1)}`,
  `Bearer ${SHOP.toUpperCase()}`,
  `Bearer ${BLOG}b`,
])('%s is nobody', (header) => {
  expect(keys.callerOf(header)).toBeUndefined();
});
