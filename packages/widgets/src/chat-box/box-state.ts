/**
 * How much of a box there is: `closed`, a launcher that has loaded nothing; `minimised`, a launcher with a session
 * that counts what is unread; `open`, the panel.
 */
export type BoxState = 'closed' | 'minimised' | 'open';

/** Whether something from outside (an attribute, storage) is a state. */
export function isBoxState(value: unknown): value is BoxState {
  return value === 'closed' || value === 'minimised' || value === 'open';
}
