/** The file of an element: tells the page its tag, with the server that the elements without `src` talk to. */
export interface EmbeddedElement {
  register(home: string): void;
}

/** How each tag's code is fetched. */
export type Chunks = ReadonlyMap<string, () => Promise<EmbeddedElement>>;

/** What the loader needs of a page. */
export interface LoaderPage {
  /** Calls with those of these tags that are in the page, at once, and that come later; the answer undoes it. */
  onSight(tags: readonly string[], seen: (tag: string) => void): () => void;
  /** Calls each time the network is back; the answer undoes it. */
  onOnline(run: () => void): () => void;
  /** Whether a tag is known already, from a bundle of the page's own or from elsewhere. */
  defined(tag: string): boolean;
  /** Tags that a copy of this loader has taken on: one set for all copies on the page. */
  readonly taken: Set<string>;
}

/**
 * Fetches an element's code when its tag is seen in the page, and registers it. What could not be fetched is asked for
 * again when the network is back, or when the tag is seen once more. A tag that somebody else has registered or is
 * fetching is left alone. When all are there, it lets go of the page.
 */
export function loadOnSight(page: LoaderPage, home: string, chunks: Chunks): void {
  const missing = new Set(chunks.keys());
  const failed = new Set<string>();

  const load = (tag: string): void => {
    if (page.taken.has(tag) || page.defined(tag)) return;
    page.taken.add(tag);
    failed.delete(tag);
    chunks
      .get(tag)?.()
      .then(
        (element) => {
          element.register(home);
          missing.delete(tag);
          if (missing.size > 0) return;
          offSight();
          offOnline();
        },
        () => {
          page.taken.delete(tag);
          failed.add(tag);
        },
      );
  };
  const offSight = page.onSight([...missing], load);
  const offOnline = page.onOnline(() => {
    for (const tag of [...failed]) load(tag);
  });
}
