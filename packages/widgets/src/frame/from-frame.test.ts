import { expect, test } from 'vitest';
import { parseFromFrame } from './from-frame.js';

const nonce = '0123456789abcdef';
const from = { meerkat: 1, nonce } as const;

test.each([
  { meerkat: 1, type: 'ready' },
  { ...from, type: 'status', status: 'online' },
  { ...from, type: 'unread', count: 0 },
  { ...from, type: 'unread', count: 1_000_000 },
  { ...from, type: 'height', height: 10_000 },
  { ...from, type: 'token-wanted' },
  { ...from, type: 'proof-wanted' },
  { ...from, type: 'message', id: 'a', own: false },
  { ...from, type: 'message', id: 'a', own: true, nick: 'Mira', text: 'x'.repeat(65_536) },
])('%j is understood', (message) => {
  expect(parseFromFrame(message)).toEqual(message);
});

test.each([
  [undefined],
  [null],
  [1],
  ['{"meerkat":1,"type":"ready"}'],
  [[1, 'ready']],
  [{ type: 'ready' }],
  [{ meerkat: 2, type: 'ready' }],
  [{ meerkat: '1', type: 'ready' }],
  [{ meerkat: 1, type: 'toString' }],
  [{ ...from, type: '__proto__' }],
  [{ meerkat: 1, type: 'unread', count: 1 }],
  [{ ...from, nonce: 'n'.repeat(1025), type: 'unread', count: 1 }],
  [{ ...from, type: 'status', status: 'blocked' }],
  [{ ...from, type: 'status', status: 'constructor' }],
  [{ ...from, type: 'unread', count: -1 }],
  [{ ...from, type: 'unread', count: 1.5 }],
  [{ ...from, type: 'unread', count: 1_000_001 }],
  [{ ...from, type: 'unread', count: '3' }],
  [{ ...from, type: 'height', height: 10_001 }],
  [{ ...from, type: 'height', height: Number.NaN }],
  [{ ...from, type: 'height', height: Number.POSITIVE_INFINITY }],
  [{ ...from, type: 'height', height: '9px;position:fixed' }],
  [{ ...from, type: 'message', id: 'x'.repeat(1025), own: true }],
  [{ ...from, type: 'message', id: 'a', own: 'yes' }],
])('%j is nothing', (data) => {
  expect(parseFromFrame(data)).toBeUndefined();
});

test('what is beyond the type, or beyond its bounds, is left behind', () => {
  const message = { ...from, type: 'message', id: 'a', own: false };
  expect(parseFromFrame({ ...message, html: '<b>', nick: 'Mira' })).toEqual(message);
  expect(parseFromFrame({ ...message, nick: 'Mira', text: 'x'.repeat(65_537) })).toEqual(message);
  expect(parseFromFrame({ ...message, nick: { toString: () => 'Mira' }, text: 'x' })).toEqual(message);
});
