import { NS } from './ns.js';
import { child, type Element, el } from './xml/element.js';

/** Writes `<occupant-id/>` (XEP-0421). */
export function encodeOccupantId(id: string): Element {
  return el('occupant-id', NS.occupantId, { id });
}

/** The occupant's id; believe it only of a room that announces `urn:xmpp:occupant-id:0`. */
export function occupantIdOf(stanza: Element): string | undefined {
  return child(stanza, 'occupant-id', NS.occupantId)?.attrs.id;
}
