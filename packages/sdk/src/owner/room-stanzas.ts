import {
  accountOf,
  avatarOf,
  childText,
  decodeMucUser,
  type Element,
  type MucUser,
  NS,
  occupantIdOf,
  originIdOf,
} from '@meerkat-chat/xmpp';
import { MAX_TEXT } from '../bounds.js';
import type { Occupant } from '../chat.js';
import type { Incoming } from './messages.js';

/** A line of a room, before it is known whose it is. */
export type Line = Omit<Incoming, 'own'>;

// Of `MUC_STATUS`, whose other codes only those need who explain them.
const SELF = 110;
/** Who goes comes back under another nick. */
export const NICK_CHANGE = 303;

/** What is told of who has said nothing. */
export const NO_USER: MucUser = { statuses: [] };

/** Somebody in a room, as their presence tells it (XEP-0045 section 7.2.3). */
export function readOccupant(presence: Element, nick: string, { item }: MucUser): Omit<Occupant, 'self'> {
  return {
    nick,
    occupantId: occupantIdOf(presence),
    avatar: avatarOf(presence),
    role: item?.role ?? 'none',
    affiliation: item?.affiliation ?? 'none',
    jid: item?.jid && accountOf(item.jid),
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
export function isSelf(user: MucUser): boolean {
  return user.statuses.includes(SELF);
}

/** True for what has to be explained: refusals, and a leaving with more to it than that. */
export function isTrouble(stanza: Element): boolean {
  const { type } = stanza.attrs;
  if (type !== 'unavailable') return type === 'error';
  const { destroy, statuses } = decodeMucUser(stanza) ?? NO_USER;
  return destroy !== undefined || statuses.some((code) => code > 300 && code !== NICK_CHANGE);
}
