import { expect, test } from 'vitest';
import { NS } from './ns.js';

test('each namespace has one name, and is a URI', () => {
  const all = Object.values(NS);
  expect(new Set(all).size).toBe(all.length);
  for (const ns of all) expect(ns).toMatch(/^(jabber:|urn:|http:\/\/)/);
});
