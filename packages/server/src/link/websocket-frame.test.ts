import { el, messageEl, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { frameOfShared, frameOfText } from './websocket-frame.js';

// RFC 6455 section 5.2: 7 bits of length, or 16, or 64, whichever is the least that holds it.
const headers: readonly [size: number, header: readonly number[]][] = [
  [0, [0x81, 0]],
  [1, [0x81, 1]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [256, [0x81, 126, 1, 0]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  [0x1_02_03_04, [0x81, 127, 0, 0, 0, 0, 1, 2, 3, 4]],
];

test.each(headers)('a text of %i bytes has the shortest header', (size, header) => {
  const frame = frameOfText('x'.repeat(size));
  expect([...frame.subarray(0, header.length)]).toEqual(header);
  expect(frame.length).toBe(header.length + size);
  expect(frame.subarray(header.length).every((byte) => byte === 0x78)).toBe(true);
});

test('the length counts bytes, not characters', () => {
  const frame = frameOfText('é'.repeat(63));
  expect([...frame.subarray(0, 4)]).toEqual([0x81, 126, 0, 126]);
  expect(frame.toString('utf8', 4)).toBe('é'.repeat(63));
});

test.each([125, 126, 65_535, 65_536])('a shared stanza of %i bytes is framed as its text is', (size) => {
  const to = Buffer.from('zoë@b/c');
  const around = SharedStanza.of(messageEl({}, el('body', NS.client, {}, '.'))).size(to.length) - 1;
  const shared = SharedStanza.of(messageEl({}, el('body', NS.client, {}, 'x'.repeat(size - around))));
  expect(shared.size(to.length)).toBe(size);
  expect(frameOfShared(shared, to).equals(frameOfText(shared.bytes(to).toString()))).toBe(true);
});
