import type { MucItem, MucUser } from './muc.js';
import { NS } from './ns.js';
import { type Child, type Element, el } from './xml/element.js';

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

/** Writes what a room says. */
export function encodeMucUser(user: MucUser): Element {
  const statuses: Child[] = user.statuses.map((code) => el('status', NS.mucUser, { code }));
  return el(
    'x',
    NS.mucUser,
    {},
    user.item && encodeMucItem(user.item, NS.mucUser),
    user.destroy &&
      el(
        'destroy',
        NS.mucUser,
        { jid: user.destroy.alternate },
        user.destroy.reason !== undefined && el('reason', NS.mucUser, {}, user.destroy.reason),
      ),
    ...statuses,
  );
}
