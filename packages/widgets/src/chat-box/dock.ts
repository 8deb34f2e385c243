import { Lazy } from '../lazy.js';
import type { HeadBadge } from './head-badge.js';
import { GAP, type InLine, lineUp, type Spot } from './line-up.js';
import { unreadText } from './unread.js';

/** From this width (px) down there is room for one box only. */
export const NARROW = 480;

/** A box, as the others on its page know it. */
export interface Docked {
  readonly element: Element;
  /** How it stands now. */
  readonly measure: () => InLine;
  /** Stands there, `narrow` where an open box takes the whole screen. */
  readonly place: (spot: Spot, narrow: boolean) => void;
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
  /** Loaded when something is unread for the first time. */
  readonly #badge: Lazy<HeadBadge>;
  #told = false;
  #resized: AbortController | undefined;
  #openings = 0;

  /** @param document the one it lays out; use `dockOf` */
  constructor(document: Document) {
    this.#document = document;
    this.#badge = new Lazy(
      async () => new (await import('./head-badge.js')).HeadBadge(document),
      () => this.tell(),
    );
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
    const narrow = width <= NARROW;
    const { spots, tooMany } = lineUp(measured, width - 2 * GAP, narrow);
    for (const index of tooMany) boxes[index]?.giveWay();
    for (const [index, spot] of spots.entries()) boxes[index]?.place(spot, narrow);
  }

  /** Says again what is unread. */
  tell(): void {
    let [count, inIcon] = [0, 0];
    for (const box of this.#boxes) {
      count += box.unread();
      if (box.badgesIcon()) inIcon += box.unread();
    }
    if (count === 0 && !this.#told) return;
    this.#told = true;
    this.#badge.value?.show(count === 0 ? '' : unreadText(count), inIcon);
  }
}

/** The dock of a document, shared by all copies of this library on it. */
export function dockOf(document: Document & { [DOCK]?: Dock }): Dock {
  document[DOCK] ??= new Dock(document);
  return document[DOCK];
}
