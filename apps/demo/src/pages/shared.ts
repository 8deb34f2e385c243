/** What holds after a wish to share one's status, or a question whether it is shared. */
export type Shared =
  | { readonly kind: 'shared'; readonly id: string }
  | { readonly kind: 'hidden' }
  /** The server has no such thing. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'failed' };

/** Each of them in words. */
export const IN_WORDS: Readonly<Record<Shared['kind'], string>> = {
  shared: 'Shared, until you take it back.',
  hidden: 'Taken back. Whoever has the old id sees nothing.',
  impossible: 'This server does not share statuses.',
  failed: 'That did not work just now. Try again in a moment.',
};

/** An id as it may stand in an address; `undefined` for anything else. */
export function statusId(text: string): string | undefined {
  return /^[\w-]{22,64}$/.exec(text)?.[0];
}

const KEPT = 'meerkat-demo:shared';

/** Remembers what holds, so that the next page shows it before it has asked. */
export function keep(result: Shared): void {
  try {
    if (result.kind === 'shared') localStorage.setItem(KEPT, result.id);
    else if (result.kind !== 'failed') localStorage.removeItem(KEPT);
  } catch {
    // No storage here: the switch starts again with each page.
  }
}

/** The id that `keep` has remembered. */
export function kept(): string | undefined {
  try {
    return statusId(localStorage.getItem(KEPT) ?? '');
  } catch {
    return undefined;
  }
}
