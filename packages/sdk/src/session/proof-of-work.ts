import { type Clock, type Millis, utf8 } from '@meerkat-chat/xmpp';
import { sha256 } from '@noble/hashes/sha2.js';

/** How long it works at a time: the page has the rest of its frame to itself. */
const SLICE: Millis = 6;
/** How many tries go between two looks at the clock. */
const TRIES = 64;

/**
 * Finds a number that makes, behind a challenge and a dot, a text whose SHA-256 begins with so many zero bits. In slices,
 * not in a worker, which many pages do not allow. Rejects when it was given up.
 */
export async function work(
  challenge: string,
  bits: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<string> {
  let number = 0;
  for (;;) {
    const end = clock.monotonic() + SLICE;
    do {
      for (let tries = 0; tries < TRIES; tries++, number++) {
        const answer = `${challenge}.${number}`;
        if (zeroBits(sha256(utf8(answer))) >= bits) return answer;
      }
    } while (clock.monotonic() < end);
    await new Promise<void>((resolve) => clock.after(0, resolve));
    if (signal.aborted) throw new Error('the proof was given up');
  }
}

/** How many zero bits something begins with, up to 32. */
function zeroBits(hash: Uint8Array): number {
  return Math.clz32(new DataView(hash.buffer, hash.byteOffset).getUint32(0));
}
