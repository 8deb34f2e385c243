import { NS } from './ns.js';
import { child, type Element, el } from './xml/element.js';

/** Asks whoever gets the message to say so (XEP-0184). */
export function encodeReceiptRequest(): Element {
  return el('request', NS.receipts);
}

/** True for a message whose sender wants to know that it arrived. */
export function wantsReceipt(message: Element): boolean {
  return child(message, 'request', NS.receipts) !== undefined;
}

/** Says that a message arrived. @param id of its stanza */
export function encodeReceipt(id: string): Element {
  return el('received', NS.receipts, { id });
}

/** The id of the message of which this one says that it arrived; undefined for a message that says nothing of that. */
export function receiptOf(message: Element): string | undefined {
  return child(message, 'received', NS.receipts)?.attrs.id || undefined;
}
