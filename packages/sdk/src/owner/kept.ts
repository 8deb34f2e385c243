import {
  type BareJid,
  type DomainJid,
  parseBareJid,
  parseDomainJid,
  prepareLocal,
  readAvatar,
} from '@meerkat-chat/xmpp';
import { MAX_ROOMS } from '../bounds.js';
import type { Delivery } from '../chat.js';
import { type Fitting, fits, oneOf } from '../stored.js';

/** Rows of a room that the next page starts with. */
export const KEPT_ROWS = 50;

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

const ROOM = {
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

/** What of a room goes on to the next page. Survives JSON. */
export type KeptRoom = Fitting<typeof ROOM>;

/** The section `rooms` of what is kept. */
export interface KeptRooms {
  readonly version: 1;
  /** Where rooms without an address live. */
  readonly host: DomainJid | undefined;
  /** The nick that was made up for a guest without a wish. */
  readonly nick: string;
  readonly rooms: readonly KeptRoom[];
}

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

// Storage of a page is some 5 MB for a whole origin; what is kept of rooms takes a fraction of it.
const MAX_KEPT = 1_000_000;

/**
 * Cuts what is kept to a size that storage takes: own messages always stay; where it is too much, a room goes without
 * its rows and occupants, and so begins anew on the next page.
 */
export function fitKept(rooms: readonly KeptRoom[]): readonly KeptRoom[] {
  let left = MAX_KEPT;
  return rooms.slice(0, MAX_ROOMS).map((room) => {
    const size = JSON.stringify(room).length;
    if (size <= left) {
      left -= size;
      return room;
    }
    return { ...room, joined: false, rows: [], occupants: [], occupantCount: 0 };
  });
}
