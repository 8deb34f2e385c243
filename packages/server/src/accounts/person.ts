import { type BareJid, bareOf, type DomainJid, parseJid } from '@meerkat-chat/xmpp';
import { isGuestName } from '../auth/anonymous.js';
import { occupantOf, wordOfOccupant } from '../kernel/archived-room-message.js';
import type { OccupantIds } from '../kernel/occupant-ids.js';
import type { ArchiveEntry, ArchiveStore } from '../storage/storage.js';
import { isTombstone } from './tombstone.js';

/**
 * Whose data is meant: an account or a guest by name, or, where only an archive tells of somebody, one occupant of one
 * room (XEP-0421).
 */
export type Person =
  | { readonly kind: 'account'; readonly account: BareJid }
  | { readonly kind: 'occupant'; readonly room: BareJid; readonly occupantId: string };

/** Entries of an archive that are looked at in one go. */
const SLICE = 500;

const FROM = /^<message\b[^<>]*?\bfrom="([^"<>]*)"/;

/** Tells the archives of rooms from those of people, who are at the domain itself. */
export function roomsBeside(domain: DomainJid): (archive: BareJid) => boolean {
  return (archive) => !archive.endsWith(`@${domain}`);
}

/**
 * The ids under which somebody has spoken in a room.
 * @param gone the account has been removed: those of who had the name last are meant, or of all where none was kept
 */
export function idsOf(
  ids: OccupantIds,
  room: BareJid,
  account: BareJid,
  gone: 'all' | 'last' | 'no',
): readonly string[] {
  // Nobody has a guest's name twice.
  if (isGuestName(account) || gone === 'no') return [ids.of(room, account)];
  const former = ids.ofFormer(room, account);
  return gone === 'all' ? former : former.slice(-1);
}

/** What is found where, and how far the search has come. */
export interface Found {
  readonly archive: BareJid;
  readonly entries: readonly ArchiveEntry[];
}

type Search = Pick<ArchiveStore, 'find' | 'next'>;

/** What occupants said in rooms, a slice of an archive at a time. @param only a single room */
export async function* saidInRooms(
  archive: Search,
  isRoom: (archive: BareJid) => boolean,
  idsIn: (room: BareJid) => readonly string[],
  only?: BareJid,
): AsyncGenerator<Found> {
  for await (const room of archivesOf(archive, isRoom, only)) {
    const ids = idsIn(room);
    yield* search(archive, room, ids.map(wordOfOccupant), ({ xml }) => {
      const id = occupantOf(xml);
      return id !== undefined && ids.includes(id);
    });
  }
}

/** What somebody said to people, in those people's archives. */
export async function* saidToPeople(
  archive: Search,
  isRoom: (archive: BareJid) => boolean,
  account: BareJid,
): AsyncGenerator<Found> {
  for await (const of of archivesOf(archive, (name) => !isRoom(name) && name !== account)) {
    yield* search(archive, of, [`from="${account}`], (entry) => {
      const from = parseJid(FROM.exec(entry.xml)?.[1] ?? '');
      return from !== undefined && bareOf(from) === account && !isTombstone(entry);
    });
  }
}

async function* archivesOf(
  archive: Search,
  wanted: (archive: BareJid) => boolean,
  only?: BareJid,
): AsyncGenerator<BareJid> {
  if (only !== undefined) return yield only;
  for (let of = await archive.next(undefined); of !== undefined; of = await archive.next(of)) {
    if (wanted(of)) yield of;
  }
}

async function* search(
  archive: Search,
  of: BareJid,
  words: readonly string[],
  isTheirs: (entry: ArchiveEntry) => boolean,
): AsyncGenerator<Found> {
  let after: string | undefined;
  do {
    const { entries, last } = await archive.find({ archive: of, after, words, slice: SLICE });
    yield { archive: of, entries: entries.filter(isTheirs) };
    after = last;
  } while (after !== undefined);
}
