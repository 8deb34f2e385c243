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
