import { expect, test } from 'vitest';
import { decodeBind2, decodeBound2, encodeBind2, encodeBind2Feature, encodeBound2 } from './bind2.js';
import { NS } from './ns.js';
import { decodeBind2Feature } from './sign-in-features.js';
import { el } from './xml/element.js';

const enable = el('enable', NS.sm);

test('a request is read as it was written', () => {
  expect(decodeBind2([enable, encodeBind2({ tag: 'web', inline: [enable] })])).toEqual({
    tag: 'web',
    inline: [enable],
  });
  expect(decodeBind2([encodeBind2({ tag: undefined, inline: [] })])).toEqual({ tag: undefined, inline: [] });
  expect(decodeBind2([enable])).toBeUndefined();
});

test('the answer holds what was switched on', () => {
  expect(decodeBound2([encodeBound2([enable])])).toEqual([enable]);
  expect(decodeBound2([])).toBeUndefined();
});

test('the feature lists what can be switched on', () => {
  expect(decodeBind2Feature([encodeBind2Feature([NS.sm])])).toEqual([NS.sm]);
  expect(decodeBind2Feature([el('bind', NS.bind2)])).toEqual([]);
  expect(decodeBind2Feature([])).toBeUndefined();
});
