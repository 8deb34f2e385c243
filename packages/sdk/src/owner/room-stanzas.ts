import {
  accountOf,
  avatarOf,
  child,
  children,
  childText,
  type Element,
  el,
  NS,
  occupantIdOf,
  originIdOf,
  parseJid,
} from '@meerkat-chat/xmpp';
import { MAX_TEXT } from '../bounds.js';
import type { Occupant } from '../chat.js';
import type { Incoming } from './messages.js';

/** A line of a room, before it is known whose it is. */
export type Line = Omit<Incoming, 'own'>;

// Of `MUC_STATUS`, whose other codes only those need who explain them.
const SELF = '110';
const NICK_CHANGE = '303';

const ROLES = ['moderator', 'participant', 'visitor'] as const;
const AFFILIATIONS = ['admin', 'member', 'outcast', 'owner'] as const;

/** What the room says of a presence (XEP-0045 section 17.4), which may be nothing. `decodeMucUser` reads all of it. */
const saidOf = (presence: Element): Element => child(presence, 'x', NS.mucUser) ?? el('x', NS.mucUser);
const codesOf = (presence: Element): readonly string[] =>
  children(saidOf(presence), 'status').map(({ attrs }) => attrs.code ?? '');
const itemOf = (presence: Element) => child(saidOf(presence), 'item')?.attrs ?? {};

/** Somebody in a room, as their presence tells it (XEP-0045 section 7.2.3). */
export function readOccupant(presence: Element, nick: string): Omit<Occupant, 'self'> {
  const { affiliation, jid, role } = itemOf(presence);
  const address = parseJid(jid ?? '');
  return {
    nick,
    occupantId: occupantIdOf(presence),
    avatar: avatarOf(presence),
    role: ROLES.find((known) => known === role) ?? 'none',
    affiliation: AFFILIATIONS.find((known) => known === affiliation) ?? 'none',
    jid: address && accountOf(address),
  };
}

/** The line that a message of a room is; undefined for one without text. */
export function readLine(message: Element, nick: string, at: number, old: boolean): Line | undefined {
  const body = childText(message, 'body', NS.client);
  if (body === undefined || body === '') return undefined;
  return {
    id: originIdOf(message) ?? message.attrs.id,
    nick,
    occupantId: occupantIdOf(message),
    avatar: avatarOf(message),
    at,
    old,
    text: body.slice(0, MAX_TEXT),
  };
}

/** True when a presence is our own. */
export function isSelf(presence: Element): boolean {
  return codesOf(presence).includes(SELF);
}

/** True when who goes comes back under another nick. */
export function isRenamed(presence: Element): boolean {
  return codesOf(presence).includes(NICK_CHANGE) && !!itemOf(presence).nick;
}

/** True when who goes goes because the room does. */
export function isDestroyed(presence: Element): boolean {
  return child(saidOf(presence), 'destroy') !== undefined;
}

/** True for what has to be explained: refusals, and a leaving with more to it than that. */
export function isTrouble(stanza: Element): boolean {
  const { type } = stanza.attrs;
  if (type !== 'unavailable') return type === 'error';
  return isDestroyed(stanza) || codesOf(stanza).some((code) => Number(code) > 300 && code !== NICK_CHANGE);
}
