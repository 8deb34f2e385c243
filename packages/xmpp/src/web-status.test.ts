import { expect, test } from 'vitest';
import { NS } from './ns.js';
import { decodeSharedStatus, encodeSharedStatus, encodeShareStatus } from './web-status.js';
import { el } from './xml/element.js';
import { serialize } from './xml/serialize.js';

test('sharing and withdrawing are asked for by name', () => {
  expect(serialize(encodeShareStatus(true))).toBe('<share xmlns="urn:meerkat:status:0"/>');
  expect(serialize(encodeShareStatus(false))).toBe('<withdraw xmlns="urn:meerkat:status:0"/>');
});

test('an id that was written is read, and so is that there is none', () => {
  expect(decodeSharedStatus(encodeSharedStatus('k7Qw-x_Y'))).toBe('k7Qw-x_Y');
  expect(decodeSharedStatus(encodeSharedStatus())).toBeUndefined();
});

test.each([undefined, el('shared', NS.client, { id: 'a' }), el('share', NS.webStatus, { id: 'a' })])(
  'anything else is no answer',
  (payload) => {
    expect(decodeSharedStatus(payload)).toBeUndefined();
  },
);

test('an empty id is none', () => {
  expect(decodeSharedStatus(el('shared', NS.webStatus, { id: '' }))).toBeUndefined();
});
