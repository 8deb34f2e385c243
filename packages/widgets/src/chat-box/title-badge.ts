/** On a `<title>` that we changed: the page's own. It goes along where a page copies its head (Turbo's cache). */
const OWN = 'data-meerkat-title';

/**
 * Puts the number of unread messages before a document's title, or with '' takes it away and leaves the title exactly
 * as the page had it. May be called any number of times, also after the page has changed its title.
 */
export function badgeTitle(document: Document, count: string): void {
  const present = document.head.querySelector('title');
  if (count === '') {
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

/** A page's title that says how many messages are unread. */
export function withCount(title: string, count: string): string {
  return `(${count}) ${title}`;
}

/**
 * What the page itself called its title. `text` is what is there now; `known` is what the page's title was when a
 * count was put before it: a copy of that title (an SPA's cache) still carries the count, a new one does not.
 */
export function titleWithoutCount(text: string, known: string | null): string {
  if (known === null || !text.endsWith(` ${known}`)) return text;
  return /^\(\d+\+?\)$/.test(text.slice(0, -known.length - 1)) ? known : text;
}
