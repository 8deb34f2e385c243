/** Gathers bytes until there is a line, within a bound. */
export class LineReader {
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #bytes = 0;

  /** @param maxBytes of the line, without its end */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes what came. @returns the first line when it is whole; what follows it is dropped */
  push(bytes: Buffer): { readonly text: string } | 'too long' | undefined {
    const end = bytes.indexOf(0x0a);
    const part = end < 0 ? bytes : bytes.subarray(0, end);
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) return 'too long';
    this.#parts.push(part);
    return end < 0 ? undefined : { text: Buffer.concat(this.#parts).toString('utf8') };
  }
}
