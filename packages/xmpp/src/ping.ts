import { NS } from './ns.js';
import { type Element, el } from './xml/element.js';

/** The payload of a ping (XEP-0199). */
export function encodePing(): Element {
  return el('ping', NS.ping);
}
