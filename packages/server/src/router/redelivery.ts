import {
  accountOf,
  assertNever,
  type BareJid,
  type DomainJid,
  domainOf,
  type Element,
  isFull,
  parseJid,
  readStanza,
  type Stanza,
  type StanzaError,
  stanzaError,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { deliverToAccount } from './account-delivery.js';
import type { Sessions } from './sessions.js';

/** What to do with a stanza that an ended session never acknowledged. */
export type Redelivery = 'done' | 'drop' | { readonly bounce: StanzaError };

/** Reads what was sent to a session back into a stanza; undefined for what is none. */
export function sentStanza(element: Element): Stanza | undefined {
  const from = element.attrs.from === undefined ? undefined : parseJid(element.attrs.from);
  const to = element.attrs.to === undefined ? undefined : parseJid(element.attrs.to);
  if (from === undefined || to === undefined) return undefined;
  const stanza = readStanza(element, from, to);
  return typeof stanza === 'string' ? undefined : stanza;
}

/**
 * Finds another taker for what a session did not acknowledge before it ended, or says what its sender is told
 * (XEP-0198 section 4). What a room said is never bounced: it would look as if the room's members had failed.
 */
export function redeliver(sessions: Sessions, domain: DomainJid, stanza: Stanza): Redelivery {
  switch (stanza.kind) {
    case 'presence':
      return 'drop';
    case 'iq':
      return { bounce: stanzaError('service-unavailable') };
    case 'message': {
      if (stanza.type !== 'chat' && stanza.type !== 'normal') return 'drop';
      return redeliverMessage(sessions, domain, stanza)
        ? 'done'
        : { bounce: stanzaError('recipient-unavailable') };
    }
    default:
      return assertNever(stanza);
  }
}

/**
 * True for a message that the account finds in its archive when it is here again. No forged id comes this far (XEP-0359
 * section 3.1): the module that keeps the archive takes it out.
 */
export function isArchived(stanza: Stanza, account: BareJid): boolean {
  return stanza.kind === 'message' && stanzaIdOf(stanza.el, account) !== undefined;
}

/** True when another session of the account has the message, now or since before, or will find it. */
function redeliverMessage(sessions: Sessions, domain: DomainJid, stanza: Stanza): boolean {
  const account = stanza.to && accountOf(stanza.to);
  if (stanza.to === undefined || account === undefined) return false;
  // One to the bare address reached every session that it could: they must not get it twice.
  if (!isFull(stanza.to)) {
    return isArchived(stanza, account) || sessions.available(account).some(({ priority }) => priority >= 0);
  }
  // A private word in a room was for that occupant, who has left; the account's other sessions are strangers there.
  if (domainOf(stanza.from) !== domain) return false;
  const delivered = deliverToAccount(sessions, account, stanza.to, stanza);
  return typeof delivered === 'object' || isArchived(stanza, account);
}
