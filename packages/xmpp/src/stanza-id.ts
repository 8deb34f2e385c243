import type { Jid } from './jid.js';
import { NS } from './ns.js';
import { child, children, type Element, el, is, withChildren } from './xml/element.js';

/** Writes `<stanza-id/>`: the id that `by` has given to a stanza, in its archive too (XEP-0359). */
export function encodeStanzaId(id: string, by: Jid): Element {
  return el('stanza-id', NS.stanzaId, { id, by });
}

/** The id that `by` has given; believe it only of an address that announces `urn:xmpp:sid:0`. */
export function stanzaIdOf(stanza: Element, by: Jid): string | undefined {
  return children(stanza, 'stanza-id', NS.stanzaId).find((node) => node.attrs.by === by)?.attrs.id;
}

/** A copy without any id that claims to be given by `by` (XEP-0359 section 3.1 rule 5: forged ones must go). */
export function withoutStanzaIds(stanza: Element, by: Jid): Element {
  return withChildren(
    stanza,
    stanza.children.filter((node) => !is(node, 'stanza-id', NS.stanzaId) || node.attrs.by !== by),
  );
}

/** Writes `<origin-id/>`: the id that the sending client has given. */
export function encodeOriginId(id: string): Element {
  return el('origin-id', NS.stanzaId, { id });
}

/** The id that the sending client has given. */
export function originIdOf(stanza: Element): string | undefined {
  return child(stanza, 'origin-id', NS.stanzaId)?.attrs.id;
}
