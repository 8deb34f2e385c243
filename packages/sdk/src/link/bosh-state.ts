import { type Fitting, fits } from '../stored.js';

const STATE = {
  sid: 'string',
  /** The id of the next new request. */
  rid: 'count',
  /** How many requests the server allows at once. */
  requests: 'count',
  /** How long the server may hold a request, in seconds. */
  wait: 'count',
  /** The server takes part in acknowledgements (section 9). */
  acks: 'boolean',
  /** Requests without a processed answer, oldest first: repeated byte for byte. */
  unanswered: [{ rid: 'count', body: 'string' }],
  /** Frames that no request carries yet. */
  waiting: ['string'],
} as const;

/** What another page needs to go on with a BOSH session (XEP-0124): plain values that survive JSON. */
export type BoshState = Fitting<typeof STATE>;
export type BoshRequest = BoshState['unanswered'][number];

/** Reads a state that was stored; undefined when it is not one. */
export function readBoshState(value: unknown): BoshState | undefined {
  if (!fits(value, STATE)) return undefined;
  const { requests, unanswered, wait } = value;
  return requests > 0 && requests <= 16 && wait <= 3600 && unanswered.length <= 16 ? value : undefined;
}
