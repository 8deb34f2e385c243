import type { PresencePolicy } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { policyBySize } from './presence-policy.js';

const BOUNDS = { all: 200, active: 2000, widenAt: 70 };

describe('the policy by size', () => {
  test.each<[PresencePolicy, number, PresencePolicy]>([
    ['all', 0, 'all'],
    ['all', 200, 'all'],
    ['all', 201, 'active'],
    ['all', 2000, 'active'],
    ['all', 2001, 'count'],
    ['active', 2000, 'active'],
    ['active', 2001, 'count'],
    ['active', 200, 'active'],
    ['active', 141, 'active'],
    ['active', 140, 'all'],
    ['count', 2000, 'count'],
    ['count', 1401, 'count'],
    ['count', 1400, 'active'],
    ['count', 141, 'active'],
    ['count', 140, 'all'],
  ])('%s with %i occupants becomes %s', (now, size, next) => {
    expect(policyBySize(now, size, BOUNDS)).toBe(next);
  });

  test('does not move when the room breathes around a bound', () => {
    let policy: PresencePolicy = 'all';
    const seen = new Set<PresencePolicy>();
    for (const size of [199, 200, 201, 200, 190, 205, 180, 201]) {
      policy = policyBySize(policy, size, BOUNDS);
      if (size > 200 || seen.size > 0) seen.add(policy);
    }
    expect([...seen]).toEqual(['active']);
  });

  test('bounds of nobody never show all', () => {
    expect(policyBySize('all', 1, { all: 0, active: 0, widenAt: 70 })).toBe('count');
    expect(policyBySize('count', 0, { all: 0, active: 0, widenAt: 70 })).toBe('all');
  });

  test('at 100 percent it widens at the bound itself', () => {
    expect(policyBySize('active', 200, { ...BOUNDS, widenAt: 100 })).toBe('all');
  });
});
