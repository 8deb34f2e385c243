import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares secrets in a time that says nothing of where, or whether, their lengths and letters differ. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
