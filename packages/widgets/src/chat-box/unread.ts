/** How many unread messages are told apart; beyond it is "99+". */
export const MAX_UNREAD = 100;

/**
 * The unread messages with one more, newest last. Messages are told apart by their keys, so that tabs which all hear
 * of one count it once. The same list is returned when it was there, or there are too many to count.
 */
export function withUnread(keys: readonly string[], key: string): readonly string[] {
  return keys.length >= MAX_UNREAD || keys.includes(key) ? keys : [...keys, key];
}

/** A count as a badge shows it: "99+" from `MAX_UNREAD` on. */
export function unreadText(count: number): string {
  return count < MAX_UNREAD ? String(count) : `${MAX_UNREAD - 1}+`;
}

/** A page's title that says how many messages are unread. */
export function withCount(title: string, count: number): string {
  return `(${unreadText(count)}) ${title}`;
}

/**
 * What the page itself called its title. `text` is what is there now; `known` is what the page's title was when a
 * count was put before it: a copy of that title (an SPA's cache) still carries the count, a new one does not.
 */
export function titleWithoutCount(text: string, known: string | null): string {
  if (known === null || !text.endsWith(` ${known}`)) return text;
  return /^\(\d+\+?\)$/.test(text.slice(0, -known.length - 1)) ? known : text;
}
