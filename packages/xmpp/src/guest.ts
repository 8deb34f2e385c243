import { NS } from './ns.js';
import { type Element, el, is } from './xml/element.js';

/** Beside the condition of a refused nick: it is kept from guests (docs/namespaces.md, `urn:meerkat:guest:0`). */
export function encodeReservedNick(): Element {
  return el('reserved', NS.guest);
}

/** Whether an application's condition says that. */
export function isReservedNick(application: Element | undefined): boolean {
  return application !== undefined && is(application, 'reserved', NS.guest);
}
