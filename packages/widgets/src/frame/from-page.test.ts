import { expect, test } from 'vitest';
import { parseFromPage } from './from-page.js';

const nonce = '0123456789abcdef';
const from = { meerkat: 1, nonce } as const;

test.each([
  { ...from, type: 'hello' },
  { ...from, type: 'insets', top: 0, bottom: 10_000 },
  { ...from, nonce: 'n'.repeat(64), type: 'hello' },
  { ...from, type: 'signed-out' },
  { ...from, type: 'proof', answer: 'x'.repeat(4096) },
])('%j is understood', (message) => {
  expect(parseFromPage({ ...message, more: 1 })).toEqual(message);
});

test.each([
  [null],
  ['hello'],
  [{ type: 'hello', nonce }],
  [{ ...from, meerkat: 2, type: 'hello' }],
  [{ meerkat: 1, type: 'hello' }],
  [{ ...from, nonce: 'n'.repeat(15), type: 'hello' }],
  [{ ...from, nonce: 'n'.repeat(65), type: 'hello' }],
  [{ ...from, nonce: `${nonce} `, type: 'hello' }],
  [{ ...from, type: 'eval', code: '1' }],
  [{ ...from, type: 'insets', top: 0 }],
  [{ ...from, type: 'proof' }],
  [{ ...from, type: 'proof', answer: '' }],
  [{ ...from, type: 'proof', answer: 'x'.repeat(4097) }],
  [{ ...from, type: 'proof', answer: { length: 3 } }],
  [{ ...from, type: 'insets', top: -1, bottom: 0 }],
  [{ ...from, type: 'insets', top: 0, bottom: 10_001 }],
  [{ ...from, type: 'insets', top: 0, bottom: '1px' }],
  [{ ...from, type: 'insets', top: Number.NaN, bottom: 0 }],
])('%j is nothing', (data) => {
  expect(parseFromPage(data)).toBeUndefined();
});
