import { IconBadge } from './icon-badge.js';
import { badgeTitle } from './title-badge.js';

/** Says in a document's title and icon how many messages are unread, whatever the page makes of both meanwhile. */
export class HeadBadge {
  readonly #document: Document;
  readonly #icon: IconBadge;
  readonly #changes: MutationObserver;
  #count = '';
  #inIcon = 0;

  constructor(document: Document) {
    this.#document = document;
    this.#icon = new IconBadge(document);
    this.#changes = new MutationObserver(() => this.show(this.#count, this.#inIcon));
  }

  /**
   * With an empty `count` both are again what the page made them, and nothing is watched.
   * @param count what stands in the title
   * @param inIcon the number in the icon; 0 leaves it alone
   */
  show(count: string, inIcon: number): void {
    this.#count = count;
    this.#inIcon = inIcon;
    // Not to hear of what we do ourselves.
    this.#changes.disconnect();
    badgeTitle(this.#document, count);
    this.#icon.show(inIcon);
    if (count === '') return;
    this.#changes.observe(this.#document.head, { childList: true, subtree: true, characterData: true });
  }
}
