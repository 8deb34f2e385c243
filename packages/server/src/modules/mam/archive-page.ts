import { type BareJid, bareOf, type MamQuery } from '@meerkat-chat/xmpp';
import type { ArchiveEntry, Storage } from '../../kernel/module.js';

/** A page that answers a query; `found` is false when an id in it is none of the archive. */
export type Page =
  | { readonly found: true; readonly entries: readonly ArchiveEntry[]; readonly complete: boolean }
  | { readonly found: false };

type ArchiveReader = Pick<Storage['archive'], 'query'>;

const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/**
 * As much of a page as fits: its beginning, or its end when it is read backward; one message in any case. The reader
 * asks for the rest as for any next page (XEP-0059).
 * @param chars of the messages as they are kept
 */
export function cutToFit(page: Page, isBackward: boolean, chars: number): Page {
  if (!page.found) return page;
  const { entries } = page;
  let count = 0;
  for (let left = chars; count < entries.length; count++) {
    left -= entries.at(isBackward ? -1 - count : count)?.xml.length ?? 0;
    if (left < 0 && count > 0) break;
  }
  if (count === entries.length) return page;
  return {
    found: true,
    entries: isBackward ? entries.slice(-count) : entries.slice(0, count),
    complete: false,
  };
}

/**
 * Reads what a query asks for. The ids of its form bound the whole result and those of its page choose a part of
 * it (XEP-0313 section 4.1.3), so that a page forward may end before an id.
 */
export async function readPage(
  archive: ArchiveReader,
  of: BareJid,
  query: MamQuery,
  max: number,
): Promise<Page> {
  const { page, beforeId, afterId, ids } = query;
  if (ids) return readIds(archive, of, query, ids.slice(0, max));
  const after = later(page.after, afterId);
  const filter = { archive: of, start: query.start, end: query.end, sender: senderOf(of, query), max };
  if (!(await haveAll(archive, of, [page.after, afterId, page.before, beforeId]))) return { found: false };
  if (page.before !== undefined) {
    const before = earlier(page.before === '' ? undefined : page.before, beforeId) ?? '';
    return archive.query(defined({ ...filter, before, after }));
  }
  const forward = await archive.query(defined({ ...filter, after }));
  if (!forward.found || beforeId === undefined) return forward;
  const entries = forward.entries.filter(({ id }) => id < beforeId);
  return { found: true, entries, complete: forward.complete || entries.length < forward.entries.length };
}

/** The messages of those ids, in the archive's order, as far as the rest of the query lets them through. */
async function readIds(
  archive: ArchiveReader,
  of: BareJid,
  query: MamQuery,
  ids: readonly string[],
): Promise<Page> {
  const entries: ArchiveEntry[] = [];
  const sender = senderOf(of, query);
  for (const id of [...new Set(ids)].sort()) {
    const entry = await readOne(archive, of, id);
    if (!entry) return { found: false };
    const passes =
      entry.at >= (query.start ?? entry.at) &&
      entry.at <= (query.end ?? entry.at) &&
      (sender === undefined || entry.sender === sender);
    if (passes) entries.push(entry);
  }
  return { found: true, entries, complete: true };
}

/** One message by its id: the one after the one before it. */
async function readOne(archive: ArchiveReader, of: BareJid, id: string): Promise<ArchiveEntry | undefined> {
  if (id === '') return undefined;
  const before = await archive.query({ archive: of, before: id, max: 1 });
  if (!before.found) return undefined;
  const after = before.entries[0]?.id;
  const page = await archive.query({ archive: of, max: 1, ...(after === undefined ? {} : { after }) });
  return page.found ? page.entries[0] : undefined;
}

/**
 * Whom messages must be of. In a room's archive they are of occupants, and all of the room itself (section 4.1.1); an
 * account's are of people, whatever resource they used.
 */
function senderOf(archive: BareJid, { with: peer }: MamQuery): string | undefined {
  if (peer === undefined) return undefined;
  const bare = bareOf(peer);
  if (bare !== archive) return bare;
  return peer === archive ? undefined : peer;
}

/** True when each id that is named stands in the archive. */
async function haveAll(
  archive: ArchiveReader,
  of: BareJid,
  ids: readonly (string | undefined)[],
): Promise<boolean> {
  const named = new Set(ids.filter((id): id is string => id !== undefined && id !== ''));
  for (const after of named) {
    if (!(await archive.query({ archive: of, after, max: 1 })).found) return false;
  }
  return true;
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;
}
