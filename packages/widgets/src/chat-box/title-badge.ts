import { titleWithoutCount, withCount } from './unread.js';

/** On a `<title>` that we changed: the page's own. It goes along where a page copies its head (Turbo's cache). */
const OWN = 'data-meerkat-title';

/**
 * Puts the number of unread messages before a document's title, or with 0 takes it away and leaves the title exactly
 * as the page had it. May be called any number of times, also after the page has changed its title.
 */
export function badgeTitle(document: Document, count: number): void {
  const present = document.head.querySelector('title');
  if (count === 0) {
    const own = present?.getAttribute(OWN);
    if (!present || own == null) return;
    const text = titleWithoutCount(present.textContent, own);
    if (present.textContent !== text) present.textContent = text;
    present.removeAttribute(OWN);
    return;
  }
  const title = present ?? document.head.appendChild(document.createElement('title'));
  const own = titleWithoutCount(title.textContent, title.getAttribute(OWN));
  const text = withCount(own, count);
  // Each writing is heard by whoever watches the title, ourselves among them.
  if (title.getAttribute(OWN) !== own) title.setAttribute(OWN, own);
  if (title.textContent !== text) title.textContent = text;
}
