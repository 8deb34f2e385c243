import type { StanzaError } from '@meerkat-chat/xmpp';
import type { ArchivePage } from './archive.js';
import { errorIn } from './request-failure.js';
import type { Line } from './room-stanzas.js';

/** What a page of the archive is, as the messages of the room take it. */
export type CatchUpPage =
  | { readonly kind: 'after'; readonly anchor: string; readonly page: readonly Line[] }
  | { readonly kind: 'newest'; readonly anchor: string | undefined; readonly page: readonly Line[] };

export interface CatchUp {
  /** Asks the archive for one page. */
  readonly ask: (where: { readonly after?: string; readonly before?: string }) => Promise<ArchivePage>;
  readonly apply: (page: CatchUpPage) => void;
  /** True when nobody wants the rest any more. */
  readonly stale: () => boolean;
  /** The newest message that is known. */
  readonly anchor: string;
  /** More missing messages than that are not fetched: the archive's end is, instead. */
  readonly limit: number;
}

/** What came of it: `unsupported` means that there is no archive to ask. */
export type CaughtUp = 'done' | 'failed' | 'stale' | 'unsupported';

async function fetchForward(run: CatchUp): Promise<'done' | 'stale' | 'too-much'> {
  let after = run.anchor;
  // The archive may page by entries that are no messages; rows are found by messages alone.
  let anchor = run.anchor;
  for (let fetched = 0; fetched < run.limit; ) {
    const page = await run.ask({ after });
    if (run.stale()) return 'stale';
    run.apply({ kind: 'after', anchor, page: page.lines });
    if (page.complete || page.last === undefined || page.last === after) return 'done';
    anchor = page.lines.at(-1)?.archiveId ?? anchor;
    after = page.last;
    fetched += Math.max(1, page.lines.length);
  }
  return 'too-much';
}

/**
 * Fetches what was said after the newest known message: page by page, or the archive's last page where too much is
 * missing or the archive no longer knows that message.
 */
export async function catchUp(run: CatchUp): Promise<CaughtUp> {
  let anchor = run.anchor;
  try {
    const applied: CatchUp = {
      ...run,
      apply: (page) => {
        anchor = page.page.at(-1)?.archiveId ?? anchor;
        run.apply(page);
      },
    };
    const forward = await fetchForward(applied).catch((cause: unknown) => {
      if (errorIn(cause).condition === 'item-not-found') return 'too-much' as const;
      throw cause;
    });
    if (forward !== 'too-much') return forward;
    const { lines } = await run.ask({ before: '' });
    if (run.stale()) return 'stale';
    run.apply({ kind: 'newest', anchor, page: lines });
    return 'done';
  } catch (cause) {
    const error = errorIn(cause);
    if (run.stale()) return 'stale';
    return isNoArchive(error) ? 'unsupported' : 'failed';
  }
}

/** True for the answers of a room whose archive we cannot read, now or later. */
export function isNoArchive({ condition }: StanzaError): boolean {
  return (
    condition === 'feature-not-implemented' ||
    condition === 'service-unavailable' ||
    condition === 'forbidden' ||
    condition === 'not-allowed'
  );
}
