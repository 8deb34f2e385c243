import { NS } from './ns.js';
import { type Element, el, is } from './xml/element.js';

/**
 * Asks `status.DOMAIN` to show the status of one's account on the web, in an iq of type set, or to do so no longer
 * (docs/namespaces.md).
 */
export function encodeShareStatus(share: boolean): Element {
  return el(share ? 'share' : 'withdraw', NS.webStatus);
}

/** What holds now: asks for it, in an iq of type get without an id, and answers. @param id undefined: nothing is shared */
export function encodeSharedStatus(id?: string): Element {
  return el('shared', NS.webStatus, { id });
}

/** Reads the answer: the id under which the status is shown; undefined where none is, or the answer is malformed. */
export function decodeSharedStatus(payload: Element | undefined): string | undefined {
  return is(payload, 'shared', NS.webStatus) ? payload.attrs.id || undefined : undefined;
}
