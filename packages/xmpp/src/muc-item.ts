import type { MucItem } from './muc.js';
import { type Element, el } from './xml/element.js';

/** Writes one `<item/>` in the namespace of its parent. */
export function encodeMucItem(item: MucItem, ns: string): Element {
  return el(
    'item',
    ns,
    { affiliation: item.affiliation, role: item.role, jid: item.jid, nick: item.nick },
    item.actor && el('actor', ns, { nick: item.actor.nick, jid: item.actor.jid }),
    item.reason !== undefined && el('reason', ns, {}, item.reason),
  );
}
