import type { ArchiveEntry, ArchivePage, ArchiveQuery } from './storage.js';

/** True when the page is read from its newer end: `before` is there, if only as the empty string. */
export function readsBackward(query: ArchiveQuery): boolean {
  return query.before !== undefined;
}

/** The ids that a query names; the page is not found unless the archive has each of them. */
export function anchorsOf(query: ArchiveQuery): string[] {
  return [query.after, query.before].filter((id): id is string => id !== undefined && id !== '');
}

function matches(entry: ArchiveEntry, query: ArchiveQuery): boolean {
  return (
    (query.start === undefined || entry.at >= query.start) &&
    (query.end === undefined || entry.at <= query.end) &&
    (query.sender === undefined || entry.sender === query.sender) &&
    (query.after === undefined || entry.id > query.after) &&
    (query.before === undefined || query.before === '' || entry.id < query.before)
  );
}

const byId = (a: ArchiveEntry, b: ArchiveEntry): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Cuts a page (XEP-0059) out of entries of one archive.
 * @param entries in any order, some perhaps twice. All that match, or at least the `max + 1` first ones in the
 *   direction of the query.
 */
export function cutPage(entries: Iterable<ArchiveEntry>, query: ArchiveQuery): ArchivePage {
  const unique = new Map<string, ArchiveEntry>();
  for (const entry of entries) if (matches(entry, query)) unique.set(entry.id, entry);
  const found = [...unique.values()].sort(byId);
  const backward = readsBackward(query);
  const page = backward ? found.slice(Math.max(0, found.length - query.max)) : found.slice(0, query.max);
  return { found: true, entries: page, complete: found.length <= query.max };
}
