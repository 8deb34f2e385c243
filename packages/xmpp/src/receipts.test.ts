import { expect, test } from 'vitest';
import { NS } from './ns.js';
import { encodeReceipt, encodeReceiptRequest, receiptOf, wantsReceipt } from './receipts.js';
import { messageEl } from './stanza.js';
import { el } from './xml/element.js';

test('a receipt that is asked for is told by the id of the message', () => {
  const asked = messageEl({ id: 'm-1' }, encodeReceiptRequest());
  expect(wantsReceipt(asked)).toBe(true);
  expect(receiptOf(asked)).toBeUndefined();
  const told = messageEl({}, encodeReceipt('m-1'));
  expect(receiptOf(told)).toBe('m-1');
  expect(wantsReceipt(told)).toBe(false);
});

test.each([
  messageEl({}),
  messageEl({}, el('received', NS.receipts)),
  messageEl({}, el('received', NS.carbons)),
])('anything else is no receipt', (message) => {
  expect(receiptOf(message)).toBeUndefined();
});
