import { expect, test } from 'vitest';
import { decodeProof, encodeProof } from './guest-proof.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

test('the answer comes among other things', () => {
  expect(decodeProof([el('bind', NS.bind2), encodeProof('a.1')])).toBe('a.1');
  expect(decodeProof([el('proof', 'urn:other', {}, 'x')])).toBeUndefined();
});
