import { bounded, type Incoming, type Messages, merge } from './messages.js';

/** A page of an archive, by its place among the rows. */
export type ArchivePageEvent =
  /** It ends right before the oldest row. */
  | { readonly kind: 'older'; readonly page: readonly Incoming[] }
  /** It begins right after the row with that archive id. */
  | { readonly kind: 'after'; readonly anchor: string; readonly page: readonly Incoming[] }
  /** The archive's last page, when too much is missing: what stood up to the anchor is dropped, so that no gap shows. */
  | { readonly kind: 'newest'; readonly anchor: string | undefined; readonly page: readonly Incoming[] };

/** The messages with a page of the archive among them, bounded as `reduceMessages` does. Loaded with the archive. */
export function takePage(messages: Messages, event: ArchivePageEvent): Messages {
  const { delivered } = messages;
  const from =
    event.kind === 'older' || event.anchor === undefined
      ? 0
      : delivered.findIndex(({ archiveId }) => archiveId === event.anchor) + 1;
  return bounded(
    event.kind === 'newest'
      ? merge({ ...messages, delivered: delivered.slice(from) }, event.page, 0)
      : merge(messages, event.page, from),
  );
}

/** The archive id of the oldest row that has one. */
export function oldestArchiveId(messages: Messages): string | undefined {
  return messages.delivered.find(({ archiveId }) => archiveId !== undefined)?.archiveId;
}
