/** What another page needs to go on with a BOSH session (XEP-0124): plain values that survive JSON. */
export interface BoshState {
  readonly sid: string;
  /** The id of the next new request. */
  readonly rid: number;
  /** How many requests the server allows at once. */
  readonly requests: number;
  /** How long the server may hold a request, in seconds. */
  readonly wait: number;
  /** The server takes part in acknowledgements (section 9). */
  readonly acks: boolean;
  /** Requests without a processed answer, oldest first: repeated byte for byte. */
  readonly unanswered: readonly BoshRequest[];
  /** Frames that no request carries yet. */
  readonly waiting: readonly string[];
}

export interface BoshRequest {
  readonly rid: number;
  readonly body: string;
}

const isCount = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max;

/** Reads a state that was stored; undefined when it is not one. */
export function readBoshState(value: unknown): BoshState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const state = value as Partial<BoshState>;
  const { acks, requests, rid, sid, unanswered, wait, waiting } = state;
  if (typeof sid !== 'string' || sid === '' || !isCount(rid, Number.MAX_SAFE_INTEGER)) return undefined;
  if (!isCount(requests, 16) || requests === 0 || !isCount(wait, 3600) || typeof acks !== 'boolean')
    return undefined;
  if (!Array.isArray(unanswered) || !Array.isArray(waiting)) return undefined;
  if (unanswered.length > 16 || !waiting.every((text) => typeof text === 'string')) return undefined;
  const whole = unanswered.every(
    (request) => isCount(request?.rid, Number.MAX_SAFE_INTEGER) && typeof request?.body === 'string',
  );
  return whole ? { acks, requests, rid, sid, unanswered, wait, waiting } : undefined;
}
