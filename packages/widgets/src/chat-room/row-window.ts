/**
 * Which messages have rows. The model may hold more than the page should: the rows are a window of at most
 * `capacity` messages. At the bottom the window follows the newest; while somebody reads it stands still, so that
 * nothing moves under their eyes, and goes on by a step when they scroll to one of its ends.
 */
export interface WindowInput {
  /** Keys of all messages of the model, oldest first. */
  readonly keys: readonly string[];
  /** Keys of the rows there are, in order. */
  readonly shown: readonly string[];
  /** Somebody reads: keep what is shown. */
  readonly reading: boolean;
  /** The reader has come near an end of the rows and may want more, or wants the oldest at once. */
  readonly toward?: Toward | undefined;
  /** How many rows there may be. */
  readonly capacity: number;
}

/** Where a reader wants to go on. */
export type Toward = 'newer' | 'older' | 'oldest';

/** How many rows come in, or go, at once at an end. */
export const WINDOW_STEP = 50;

/** The keys that shall have rows, in order, never more than `capacity`. */
export function nextWindow({ keys, shown, reading, toward, capacity }: WindowInput): readonly string[] {
  if (!reading || shown.length === 0) return newest(keys, shown, capacity);
  if (toward === 'oldest') return keys.slice(0, capacity);
  const index = new Map(keys.map((key, at) => [key, at]));
  const known = shown.flatMap((key) => index.get(key) ?? []);
  // What is read may have left the model already. Its rows stay until the reader goes on.
  const firstKnown = shown.findIndex((key) => index.has(key));
  const gone = toward === 'newer' ? [] : shown.slice(0, firstKnown < 0 ? shown.length : firstKnown);
  if (known.length === 0) return toward === 'newer' ? keys.slice(0, capacity) : gone;

  const first = Math.min(...known);
  const last = Math.max(...known) + 1;
  let start = first;
  let end: number;
  if (toward === 'older') {
    start = Math.max(0, first - WINDOW_STEP);
    end = Math.min(last, start + capacity);
  } else if (toward === 'newer') {
    end = Math.min(keys.length, last + WINDOW_STEP);
    start = Math.max(first, end - capacity);
  } else {
    end = start + capacity - gone.length;
  }
  return [...gone, ...keys.slice(start, end)].slice(0, capacity);
}

/**
 * The newest messages. Beyond the capacity the oldest rows go by a step, not one by one: a row that goes moves all that
 * follow it, and the browser paints each of them anew.
 */
function newest(keys: readonly string[], shown: readonly string[], capacity: number): readonly string[] {
  const beyond = keys.length - capacity;
  if (beyond <= 0) return keys;
  if (shown.length === 0) return keys.slice(beyond);
  const first = keys.indexOf(shown.find((key) => keys.includes(key)) ?? '');
  const shortest = beyond + WINDOW_STEP;
  return keys.slice(first < beyond ? shortest : Math.min(first, shortest));
}
