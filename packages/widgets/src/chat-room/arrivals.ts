import type { RoomMessage } from '@meerkat-chat/sdk';

/**
 * The messages at the end of `now` that were not in `before`, oldest first. What was loaded above the old ones, or
 * came back into place from the archive, is no arrival.
 */
export function arrivals(
  before: readonly RoomMessage[],
  now: readonly RoomMessage[],
): readonly RoomMessage[] {
  if (before === now || before.length === 0) return before === now ? [] : now;
  const known = new Set(before.map(({ key }) => key));
  // Own waiting messages stand last: newer ones come in before them.
  let from = now.length;
  for (let index = now.length - 1; index >= 0; index--) {
    const message = now[index];
    if (message === undefined) break;
    if (!known.has(message.key)) from = index;
    else if (message.delivery.state === 'delivered') break;
  }
  return now.slice(from).filter(({ key }) => !known.has(key));
}
