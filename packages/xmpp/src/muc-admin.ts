import { decodeMucItem, type MucItem } from './muc.js';
import { encodeMucItem } from './muc-write.js';
import { NS } from './ns.js';
import { failed, ok, type Result } from './result.js';
import { type StanzaError, stanzaError } from './stanza-error.js';
import { children, type Element, el } from './xml/element.js';

/** Writes the `<query xmlns='…muc#admin'/>` of a request or of its answer (XEP-0045 sections 8 to 10). */
export function encodeMucAdmin(items: readonly MucItem[]): Element {
  return el('query', NS.mucAdmin, {}, ...items.map((item) => encodeMucItem(item, NS.mucAdmin)));
}

/**
 * Reads it.
 * @returns `bad-request` where there is no item, or an item names a role, affiliation or address that does not exist
 */
export function decodeMucAdmin(query: Element): Result<readonly MucItem[], StanzaError> {
  const nodes = children(query, 'item', NS.mucAdmin);
  if (nodes.length === 0) return failed(stanzaError('bad-request', 'There is no item.'));
  const items: MucItem[] = [];
  for (const node of nodes) {
    const item = decodeMucItem(node);
    const { attrs } = node;
    if (attrs.jid !== undefined && item.jid === undefined) {
      return failed(stanzaError('jid-malformed', 'An address is malformed.'));
    }
    const unknown =
      (attrs.role !== undefined && item.role === undefined) ||
      (attrs.affiliation !== undefined && item.affiliation === undefined);
    if (unknown) return failed(stanzaError('bad-request', 'There is no such role or affiliation.'));
    items.push(item);
  }
  return ok(items);
}
