import { childText, type Presence } from '@meerkat-chat/xmpp';
import type { AccountStatus } from '../../kernel/module.js';

/** The higher one is shown. Who does not want to be disturbed has said so; away is what a clock says. */
const RANKS: Readonly<Record<AccountStatus, number>> = { offline: 0, away: 1, dnd: 2, online: 3 };

function statusOf(presence: Presence): AccountStatus {
  switch (childText(presence.el, 'show')) {
    case 'away':
    case 'xa':
      return 'away';
    case 'dnd':
      return 'dnd';
    default:
      return 'online';
  }
}

/** What the available resources of an account come to (RFC 6121 section 4.7.2.1): the highest; offline without any. */
export function highestStatus(presences: Iterable<Presence | undefined>): AccountStatus {
  let highest: AccountStatus = 'offline';
  for (const presence of presences) {
    const status = presence ? statusOf(presence) : 'offline';
    if (RANKS[status] > RANKS[highest]) highest = status;
  }
  return highest;
}
