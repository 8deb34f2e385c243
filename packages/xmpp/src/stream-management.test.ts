import { describe, expect, test } from 'vitest';
import { NS } from './ns.js';
import { counterAdd, counterDistance, decodeSm, encodeSm, findSm } from './stream-management.js';
import { el } from './xml/element.js';

describe('counters', () => {
  test('go round at 2^32', () => {
    expect(counterAdd(2 ** 32 - 3, 2)).toBe(2 ** 32 - 1);
    expect(counterAdd(2 ** 32 - 3, 3)).toBe(0);
    expect(counterAdd(2 ** 32 - 3, 5)).toBe(2);
  });

  test('are apart by the steps from one on to the other', () => {
    expect(counterDistance(2 ** 32 - 3, 2)).toBe(5);
    expect(counterDistance(5, 5)).toBe(0);
    expect(counterDistance(5, 4)).toBe(2 ** 32 - 1);
  });
});

test.each([
  { kind: 'enable', resume: true, max: 60 },
  { kind: 'enable', resume: false, max: undefined },
  { kind: 'enabled', id: 'x', max: 300 },
  { kind: 'enabled', id: undefined, max: undefined },
  { kind: 'resume', previd: 'x', h: 0 },
  { kind: 'resumed', previd: 'x', h: 4294967295 },
  { kind: 'failed', condition: 'item-not-found', h: 7 },
  { kind: 'failed', condition: 'unexpected-request', h: undefined },
  { kind: 'r' },
  { kind: 'a', h: 12 },
] as const)('is read as written: $kind', (element) => {
  expect(decodeSm(encodeSm(element))).toEqual(element);
});

test.each([
  el('a', NS.sm),
  el('a', NS.sm, { h: '-1' }),
  el('a', NS.sm, { h: '4294967296' }),
  el('a', NS.sm, { h: '1e3' }),
  el('resume', NS.sm, { h: 1 }),
  el('resume', NS.sm, { previd: 'x' }),
  el('other', NS.sm),
])('is malformed: %j', (element) => {
  expect(decodeSm(element)).toEqual({ kind: 'malformed' });
});

test('is found among others', () => {
  expect(findSm([el('x', NS.client), encodeSm({ kind: 'r' })])).toEqual({ kind: 'r' });
  expect(findSm([el('r', NS.client)])).toBeUndefined();
});
