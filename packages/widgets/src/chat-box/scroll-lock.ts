/** How many sheets hold a document still, and what its page had said of scrolling: shared by all copies of this library. */
interface Held {
  sheets: number;
  readonly overflow: string;
}

const HELD = Symbol.for('meerkat.scroll.1');

/** Stops a page from scrolling beneath a sheet; with the last one undone it scrolls as before. */
export function lockScroll(
  document: Pick<Document, 'documentElement'> & { [HELD]?: Held | undefined },
): () => void {
  const { style } = document.documentElement;
  document[HELD] ??= { sheets: 0, overflow: style.overflow };
  const held = document[HELD];
  held.sheets++;
  style.overflow = 'hidden';
  let undone = false;
  return () => {
    if (undone) return;
    undone = true;
    if (--held.sheets > 0) return;
    style.overflow = held.overflow;
    document[HELD] = undefined;
  };
}
