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
  /**
   * The server that elements of this tag talk to by default, if it is known already, from a bundle of the page's own or
   * from elsewhere; empty where that is not told. Undefined: the tag is free.
   */
  defined(tag: string): string | undefined;
  /** Tags that a copy of this loader has taken on, and its home: one map for all copies on the page. */
  readonly taken: Map<string, string>;
  /** Tells whoever made the page. */
  warn(text: string): void;
}

/**
 * Fetches an element's code when its tag is seen in the page, and registers it. What could not be fetched is asked for
 * again when the network is back, or when the tag is seen once more. A tag that somebody else has registered or is
 * fetching is left alone; where that one talks to another server, the page is told once. When all are there, it lets go
 * of the page.
 */
export function loadOnSight(page: LoaderPage, home: string, chunks: Chunks): void {
  const missing = new Set(chunks.keys());
  const failed = new Set<string>();

  let told = false;

  const load = (tag: string): void => {
    const other = page.taken.get(tag) ?? page.defined(tag);
    if (other !== undefined) {
      if (other !== home && !told) {
        told = true;
        page.warn(
          `<${tag}> is on this page already; ${home}/embed.js stays unused. Tags of this server: src="${home}"`,
        );
      }
      return;
    }
    page.taken.set(tag, home);
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
