import { IconBadge } from './icon-badge.js';
import { GAP, type InLine, lineUp, type Spot } from './line-up.js';
import { badgeTitle } from './title-badge.js';

/** From this width (px) down there is room for one box only. */
export const NARROW = 480;

/** A box, as the others on its page know it. */
export interface Docked {
  readonly element: Element;
  /** How it stands now. */
  readonly measure: () => InLine;
  readonly place: (spot: Spot) => void;
  /** Makes room for one that was opened later. */
  readonly giveWay: () => void;
  /** How many messages are unread. */
  readonly unread: () => number;
  /** Whether its unread messages show in the page's icon. */
  readonly badgesIcon: () => boolean;
}

/** Where the boxes of a document find each other, whichever copy of this library they come from. */
const DOCK = Symbol.for('meerkat.dock.1');

/** The boxes of a document: lines them up at the corner, and says in title and icon what is unread in all of them. */
export class Dock {
  readonly #document: Document;
  readonly #boxes = new Set<Docked>();
  readonly #icon: IconBadge;
  readonly #head: MutationObserver;
  #resized: AbortController | undefined;
  #openings = 0;
  #locks = 0;
  #overflow = '';

  /** @param document the one it lays out; use `dockOf` */
  constructor(document: Document) {
    this.#document = document;
    this.#icon = new IconBadge(document);
    this.#head = new MutationObserver(() => this.tell());
  }

  /** Takes a box in; the answer lets it go again. With the last one gone, nothing of it is left on the page. */
  add(box: Docked): () => void {
    this.#boxes.add(box);
    if (!this.#resized) {
      this.#resized = new AbortController();
      const { signal } = this.#resized;
      this.#document.defaultView?.addEventListener('resize', () => this.arrange(), { signal, passive: true });
    }
    this.arrange();
    this.tell();
    return () => {
      this.#boxes.delete(box);
      this.arrange();
      this.tell();
      if (this.#boxes.size > 0) return;
      this.#resized?.abort();
      this.#resized = undefined;
    };
  }

  /** The number of the next opening: the higher, the later. */
  nextOpening(): number {
    return ++this.#openings;
  }

  /** Lines the boxes up again, the first of the document nearest to the corner. */
  arrange(): void {
    const boxes = [...this.#boxes].sort((one, other) =>
      one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    const width = this.#document.documentElement.clientWidth;
    const measured = boxes.map((box) => box.measure());
    const { spots, tooMany } = lineUp(measured, width - 2 * GAP, width <= NARROW);
    for (const [index, spot] of spots.entries()) boxes[index]?.place(spot);
    for (const index of tooMany) boxes[index]?.giveWay();
  }

  /** Says again what is unread. */
  tell(): void {
    let [count, inIcon] = [0, 0];
    for (const box of this.#boxes) {
      count += box.unread();
      if (box.badgesIcon()) inIcon += box.unread();
    }
    // While there is a count, the page may give itself another title or icon.
    this.#head.disconnect();
    badgeTitle(this.#document, count);
    this.#icon.show(inIcon);
    if (count === 0) return;
    this.#head.observe(this.#document.head, { childList: true, subtree: true, characterData: true });
  }

  /** Stops the page from scrolling beneath a sheet; with the last one undone it scrolls as before. */
  lockScroll(): () => void {
    const { style } = this.#document.documentElement;
    if (this.#locks++ === 0) {
      this.#overflow = style.overflow;
      style.overflow = 'hidden';
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--this.#locks === 0) style.overflow = this.#overflow;
    };
  }
}

/** The dock of a document, shared by all copies of this library on it. */
export function dockOf(document: Document & { [DOCK]?: Dock }): Dock {
  document[DOCK] ??= new Dock(document);
  return document[DOCK];
}
