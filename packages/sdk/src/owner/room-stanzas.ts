import {
  accountOf,
  avatarOf,
  type BareJid,
  bareOf,
  type Clock,
  chatStateOf,
  childText,
  decodeDelay,
  decodeMucUser,
  decodeRoomOccupants,
  decodeStanzaError,
  type Element,
  isFull,
  MUC_STATUS,
  type MucUser,
  NS,
  occupantIdOf,
  originIdOf,
  parseJid,
  type RoomOccupants,
  resourceOf,
  type StanzaError,
  stanzaIdOf,
} from '@meerkat-chat/xmpp';
import { MAX_LINE, MAX_TEXT } from '../bounds.js';
import type { Occupant } from '../chat.js';
import type { Incoming } from './messages.js';

/** A line of a room, before it is known whose it is. */
export type Line = Omit<Incoming, 'own'>;

/** What a stanza of a room means to a member of it (XEP-0045). */
export type RoomStanza =
  | {
      readonly kind: 'here';
      readonly occupant: Omit<Occupant, 'self'>;
      readonly user: MucUser;
      readonly crowd: RoomOccupants | undefined;
    }
  /** How many are in the room, which shows some of them only. */
  | { readonly kind: 'crowd'; readonly crowd: RoomOccupants }
  | { readonly kind: 'gone'; readonly nick: string; readonly user: MucUser }
  | { readonly kind: 'presence-error'; readonly id: string | undefined; readonly error: StanzaError }
  | { readonly kind: 'line'; readonly line: Line }
  /** An occupant has begun to write, or has stopped. */
  | { readonly kind: 'typing'; readonly nick: string; readonly on: boolean }
  | { readonly kind: 'subject'; readonly subject: string }
  | { readonly kind: 'message-error'; readonly id: string; readonly error: StanzaError }
  /** Perhaps a result of the room's archive, see `RoomArchive`. */
  | { readonly kind: 'archived'; readonly stanza: Element };

const NO_USER: MucUser = { statuses: [] };

function readPresence(stanza: Element, nick: string | undefined): RoomStanza | undefined {
  const { type } = stanza.attrs;
  if (type === 'error') {
    return { kind: 'presence-error', id: stanza.attrs.id, error: decodeStanzaError(stanza) };
  }
  const user = decodeMucUser(stanza) ?? NO_USER;
  // A destroyed room may say so from its own address (section 10.9).
  if (type === 'unavailable') return { kind: 'gone', nick: nick ?? '', user };
  if (type !== undefined || nick === undefined) return undefined;
  const occupant = {
    nick,
    occupantId: occupantIdOf(stanza),
    avatar: avatarOf(stanza),
    role: user.item?.role ?? 'none',
    affiliation: user.item?.affiliation ?? 'none',
    jid: user.item?.jid && accountOf(user.item.jid),
  };
  return { kind: 'here', occupant, user, crowd: decodeRoomOccupants(stanza) };
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

function readMessage(
  stanza: Element,
  room: BareJid,
  nick: string | undefined,
  clock: Clock,
): RoomStanza | undefined {
  const { id, type } = stanza.attrs;
  if (type === 'error') {
    return id === undefined ? undefined : { kind: 'message-error', id, error: decodeStanzaError(stanza) };
  }
  // Results of an archive come from the room itself; whatever an occupant forwards is not one.
  if (nick === undefined && type !== 'groupchat') return { kind: 'archived', stanza };
  if (type !== 'groupchat') return undefined;
  // The room itself counts; an occupant only claims to.
  const crowd = nick === undefined ? decodeRoomOccupants(stanza) : undefined;
  if (crowd) return { kind: 'crowd', crowd };
  const subject = childText(stanza, 'subject', NS.client);
  if (subject !== undefined && childText(stanza, 'body', NS.client) === undefined) {
    return { kind: 'subject', subject: subject.slice(0, MAX_LINE) };
  }
  if (nick === undefined) return undefined;
  // Only the room's own stamp counts: any other is a claim of who said it.
  const delay = decodeDelay(stanza, room);
  const line = readLine(stanza, nick, delay?.at ?? clock.now(), delay !== undefined);
  if (line) return { kind: 'line', line: { ...line, archiveId: stanzaIdOf(stanza, room) } };
  const state = delay === undefined ? chatStateOf(stanza) : undefined;
  return state && { kind: 'typing', nick, on: state === 'composing' };
}

/** Reads a stanza that came from a room or an occupant of it; undefined for what says nothing to us. */
export function readRoomStanza(stanza: Element, room: BareJid, clock: Clock): RoomStanza | undefined {
  const from = parseJid(stanza.attrs.from ?? '');
  if (from === undefined || bareOf(from) !== room) return undefined;
  const nick = isFull(from) ? resourceOf(from) : undefined;
  if (stanza.name === 'presence') return readPresence(stanza, nick);
  return stanza.name === 'message' ? readMessage(stanza, room, nick, clock) : undefined;
}

/** True when a presence is our own. */
export function isSelf(user: MucUser): boolean {
  return user.statuses.includes(MUC_STATUS.self);
}

/** True for what has to be explained: refusals, and a leaving with more to it than that. */
export function isTrouble(told: RoomStanza): boolean {
  if (told.kind !== 'gone') return told.kind === 'presence-error' || told.kind === 'message-error';
  const { destroy, statuses } = told.user;
  return destroy !== undefined || statuses.some((code) => code > 300 && code !== MUC_STATUS.nickChange);
}
