import { type BareJid, parseBareJid, parseDomainJid, prepareLocal, readAvatar } from '@meerkat-chat/xmpp';
import { MAX_ROOMS } from '../bounds.js';
import type { Delivery } from '../chat.js';
import { fits } from '../stored.js';
import type { KeptRooms } from './kept.js';

/** The shape of one of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return (value: unknown): value is Word => words.includes(value as Word);
}

const isRef = (value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  (value.includes('@') ? parseBareJid(value) : prepareLocal(value)) === value;
const isAccount = (value: unknown): value is BareJid =>
  typeof value === 'string' && parseBareJid(value) === value;
const isAvatar = (value: unknown): value is string => readAvatar(value) !== undefined;
const isDelivery = (value: unknown): value is Delivery =>
  fits(value, { state: oneOf('delivered', 'pending') }) ||
  fits(value, { state: oneOf('failed'), reason: 'string' });

const ROW = {
  key: 'string',
  'archiveId?': 'string',
  nick: 'string',
  'occupantId?': 'string',
  'avatar?': isAvatar,
  own: 'boolean',
  at: 'number',
  text: 'string',
  delivery: isDelivery,
} as const;

/** The shape of what is kept of a room. */
export const ROOM = {
  /** Its address; its name while nobody has signed in, so that it is not known where rooms live. */
  ref: isRef,
  /** The nick that was asked for. */
  asked: 'string',
  /** The nick that came of it. */
  nick: 'string',
  /** The room had let us in, so that a resumed session need not join. */
  joined: 'boolean',
  name: 'string',
  subject: 'string',
  /** Whether there is an archive; missing where nobody has asked yet. */
  'archive?': 'boolean',
  /** Whether what was missed before the last join has been fetched; if not, after which archive id it was said. */
  searched: 'boolean',
  'anchor?': 'string',
  /** Who we were in the room before we signed in (XEP-0421). */
  'former?': ['string'],
  /** Those in the archive's order, the last ones. */
  rows: [ROW],
  own: [{ state: oneOf('failed', 'sent', 'unsure', 'waiting'), row: ROW }],
  occupants: [
    {
      nick: 'string',
      'occupantId?': 'string',
      'avatar?': isAvatar,
      role: oneOf('moderator', 'none', 'participant', 'visitor'),
      affiliation: oneOf('admin', 'member', 'none', 'outcast', 'owner'),
      'jid?': isAccount,
      self: 'boolean',
    },
  ],
  occupantCount: 'count',
} as const;

/** Reads what the page before kept. It lay where others can write, so a room that does not fit is dropped. */
export function readKept(value: unknown): KeptRooms | undefined {
  if (!fits(value, { version: 'count', 'host?': 'string', nick: 'string' }) || value.version !== 1)
    return undefined;
  const { rooms } = value as { readonly rooms?: unknown };
  return {
    version: 1,
    host: parseDomainJid(value.host ?? ''),
    nick: value.nick,
    rooms: Array.isArray(rooms) ? rooms.slice(0, MAX_ROOMS).filter((room) => fits(room, ROOM)) : [],
  };
}
