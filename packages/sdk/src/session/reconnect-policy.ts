import type { Millis, Random } from '@meerkat-chat/xmpp';

/** The shortest and the longest pause before another attempt. */
export const MIN_DELAY: Millis = 250;
export const MAX_DELAY: Millis = 25_000;
/** A connection that lasted so long makes the next pause short again. */
export const STABLE_AFTER: Millis = 30_000;

/** The span that the first pause is chosen from; it doubles with each attempt. */
const FIRST_SPAN: Millis = 1_000;

/**
 * How long to wait before another attempt: full jitter, so that everybody who lost the same server does not come
 * back at the same time.
 * @param failures how many attempts have failed since the connection was last stable
 */
export function nextDelay(failures: number, random: Pick<Random, 'number'>): Millis {
  const span = Math.min(MAX_DELAY, FIRST_SPAN * 2 ** Math.min(failures, 16));
  return MIN_DELAY + random.number() * (span - MIN_DELAY);
}
