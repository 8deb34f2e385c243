import { formatDateTime, parseDateTime } from './date-time.js';
import type { Millis } from './env.js';
import { NS } from './ns.js';
import { type Element, el, is } from './xml/element.js';

/** `<fast/>` of an attempt that presents a token (XEP-0484 section 3.4). */
export interface FastAttempt {
  /** Counts the uses of the token, against replays; a positive integer. */
  readonly count: number | undefined;
  /** Asks that the token be of no use afterwards. */
  readonly invalidate: boolean;
}

/** A token as it travels to the client (XEP-0484 section 3.3). */
export interface FastToken {
  readonly token: string;
  readonly expiresAt: Millis;
}

/** Writes `<fast/>`. */
export function encodeFast(attempt: FastAttempt): Element {
  const { count, invalidate } = attempt;
  return el('fast', NS.fast, { count, invalidate: invalidate ? 'true' : undefined });
}

/** Finds and reads `<fast/>` among what was asked inline; undefined where there is none. */
export function decodeFast(
  inline: readonly Element[],
): FastAttempt | { readonly malformed: true } | undefined {
  const fast = inline.find((node) => is(node, 'fast', NS.fast));
  if (!fast) return undefined;
  const raw = fast.attrs.count;
  const flag = fast.attrs.invalidate;
  const invalidate = flag === 'true' || flag === '1';
  if (raw === undefined) return { count: undefined, invalidate };
  const count = /^[0-9]{1,10}$/.test(raw) ? Number(raw) : 0;
  return count >= 1 && count <= 0x7fffffff ? { count, invalidate } : { malformed: true };
}

/** Writes `<request-token/>`. */
export function encodeRequestToken(mechanism: string): Element {
  return el('request-token', NS.fast, { mechanism });
}

/** The mechanism that a token is asked for; undefined where none is. */
export function decodeRequestToken(inline: readonly Element[]): string | undefined {
  return inline.find((node) => is(node, 'request-token', NS.fast))?.attrs.mechanism;
}

/** Writes `<token/>`. */
export function encodeFastToken(token: FastToken): Element {
  return el('token', NS.fast, { token: token.token, expiry: formatDateTime(token.expiresAt) });
}

/** Finds and reads `<token/>` among the answers; undefined where there is none that is well formed. */
export function decodeFastToken(inline: readonly Element[]): FastToken | undefined {
  const attrs = inline.find((node) => is(node, 'token', NS.fast))?.attrs;
  if (attrs?.token === undefined || attrs.expiry === undefined) return undefined;
  const expiresAt = parseDateTime(attrs.expiry);
  return expiresAt === undefined ? undefined : { token: attrs.token, expiresAt };
}

/** Writes the feature, with the mechanisms of FAST. */
export function encodeFastFeature(mechanisms: readonly string[]): Element {
  return el('fast', NS.fast, {}, ...mechanisms.map((name) => el('mechanism', NS.fast, {}, name)));
}
