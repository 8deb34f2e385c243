import { type DomainJid, parseBareJid, parseDomainJid, prepareLocal } from '@meerkat-chat/xmpp';
import { MAX_LINE, MAX_OCCUPANTS, MAX_PENDING, MAX_ROOMS, MAX_TEXT } from '../bounds.js';
import type { Affiliation, Occupant, Role, RoomMessage } from '../chat.js';
import type { RoomRef } from '../port/protocol.js';
import type { OwnMessage, OwnState } from './messages.js';

/** Rows of a room that the next page starts with. */
export const KEPT_ROWS = 50;

/** What of a room goes on to the next page. Survives JSON. */
export interface KeptRoom {
  /** Its address; its name while nobody has signed in, so that it is not known where rooms live. */
  readonly ref: RoomRef;
  /** The nick that was asked for. */
  readonly asked: string;
  /** The nick that came of it. */
  readonly nick: string;
  /** The room had let us in, so that a resumed session need not join. */
  readonly joined: boolean;
  readonly name: string;
  readonly subject: string;
  /** Whether there is an archive; undefined where nobody has asked yet. */
  readonly archive: boolean | undefined;
  /** Whether what was missed before the last join has been fetched; if not, after which archive id it was said. */
  readonly searched: boolean;
  readonly anchor: string | undefined;
  /** Those in the archive's order, the last ones. */
  readonly rows: readonly RoomMessage[];
  readonly own: readonly OwnMessage[];
  readonly occupants: readonly Occupant[];
  readonly occupantCount: number;
}

/** The section `rooms` of what is kept. */
export interface KeptRooms {
  readonly version: 1;
  /** Where rooms without an address live. */
  readonly host: DomainJid | undefined;
  /** The nick that was made up for a guest without a wish. */
  readonly nick: string;
  readonly rooms: readonly KeptRoom[];
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readText(value: unknown, max: number): string | undefined {
  return typeof value === 'string' && value.length <= max ? value : undefined;
}

function readList<T>(value: unknown, max: number, read: (entry: Fields) => T | undefined): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, max).flatMap((entry: unknown) => (isFields(entry) ? (read(entry) ?? []) : []));
}

const ROLES: readonly string[] = ['moderator', 'none', 'participant', 'visitor'];
const AFFILIATIONS: readonly string[] = ['admin', 'member', 'none', 'outcast', 'owner'];
const OWN_STATES: readonly string[] = ['failed', 'sent', 'unsure', 'waiting'];

function readOccupant(from: Fields): Occupant | undefined {
  const nick = readText(from.nick, MAX_LINE);
  const { role, affiliation } = from;
  if (nick === undefined || typeof role !== 'string' || !ROLES.includes(role)) return undefined;
  if (typeof affiliation !== 'string' || !AFFILIATIONS.includes(affiliation)) return undefined;
  const occupantId = readText(from.occupantId, MAX_LINE);
  const jid = parseBareJid(readText(from.jid, MAX_LINE) ?? '');
  return {
    nick,
    ...(occupantId === undefined ? {} : { occupantId }),
    role: role as Role,
    affiliation: affiliation as Affiliation,
    ...(jid === undefined ? {} : { jid }),
    self: from.self === true,
  };
}

function readRow(from: Fields, delivery: RoomMessage['delivery']): RoomMessage | undefined {
  const key = readText(from.key, 4 * MAX_LINE);
  const nick = readText(from.nick, MAX_LINE);
  const text = readText(from.text, MAX_TEXT);
  if (key === undefined || nick === undefined || text === undefined) return undefined;
  if (typeof from.at !== 'number' || !Number.isFinite(from.at)) return undefined;
  const archiveId = readText(from.archiveId, MAX_LINE);
  const occupantId = readText(from.occupantId, MAX_LINE);
  return {
    key,
    ...(archiveId === undefined ? {} : { archiveId }),
    nick,
    ...(occupantId === undefined ? {} : { occupantId }),
    own: from.own === true,
    at: from.at,
    text,
    delivery,
  };
}

function readOwn(from: Fields): OwnMessage | undefined {
  const { state } = from;
  if (typeof state !== 'string' || !OWN_STATES.includes(state) || !isFields(from.row)) return undefined;
  const told = isFields(from.row.delivery) ? readText(from.row.delivery.reason, MAX_TEXT) : undefined;
  const row = readRow(from.row, state === 'failed' ? { state, reason: told ?? '' } : { state: 'pending' });
  return row && { state: state as OwnState, row };
}

function readRef(value: unknown): RoomRef | undefined {
  const ref = readText(value, 4 * MAX_LINE) ?? '';
  if (ref.includes('@')) return parseBareJid(ref);
  return ref !== '' && prepareLocal(ref) === ref ? ref : undefined;
}

function readRoom(from: Fields): KeptRoom | undefined {
  const ref = readRef(from.ref);
  const nick = readText(from.nick, MAX_LINE);
  if (ref === undefined || nick === undefined) return undefined;
  const { archive, occupantCount } = from;
  return {
    ref,
    asked: readText(from.asked, MAX_LINE) ?? nick,
    nick,
    joined: from.joined === true,
    name: readText(from.name, MAX_LINE) ?? '',
    subject: readText(from.subject, MAX_LINE) ?? '',
    archive: typeof archive === 'boolean' ? archive : undefined,
    searched: from.searched !== false,
    anchor: readText(from.anchor, MAX_LINE),
    rows: readList(from.rows, KEPT_ROWS, (row) => readRow(row, { state: 'delivered' })),
    own: readList(from.own, 2 * MAX_PENDING, readOwn),
    occupants: readList(from.occupants, MAX_OCCUPANTS, readOccupant),
    occupantCount:
      typeof occupantCount === 'number' && Number.isSafeInteger(occupantCount) ? occupantCount : 0,
  };
}

/** Reads what the page before kept. It lay where others can write, so what does not fit is dropped. */
export function readKept(value: unknown): KeptRooms | undefined {
  if (!isFields(value) || value.version !== 1) return undefined;
  return {
    version: 1,
    host: parseDomainJid(readText(value.host, MAX_LINE) ?? ''),
    nick: readText(value.nick, MAX_LINE) ?? '',
    rooms: readList(value.rooms, MAX_ROOMS, readRoom),
  };
}

// Storage of a page is some 5 MB for a whole origin; what is kept of rooms takes a fraction of it.
const MAX_KEPT = 1_000_000;

function sizeOf(room: KeptRoom): number {
  const lines = [...room.rows, ...room.own.map(({ row }) => row)];
  return lines.reduce((sum, { text }) => sum + text.length + 200, 0) + room.occupants.length * 120;
}

/**
 * Cuts what is kept to a size that storage takes: own messages always stay; where it is too much, a room goes without
 * its rows and occupants, and so begins anew on the next page.
 */
export function fitKept(rooms: readonly KeptRoom[]): readonly KeptRoom[] {
  let left = MAX_KEPT;
  return rooms.slice(0, MAX_ROOMS).map((room) => {
    const size = sizeOf(room);
    if (size <= left) {
      left -= size;
      return room;
    }
    return { ...room, joined: false, rows: [], occupants: [], occupantCount: 0 };
  });
}
