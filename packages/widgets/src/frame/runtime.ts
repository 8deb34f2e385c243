/** The outside world of the loader, which shares no file with the elements: it has to stay small. */

/** 128 bits that nobody guesses. */
export function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Calls once, unless undone. @param delay ms */
export function after(delay: number, run: () => void): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}
