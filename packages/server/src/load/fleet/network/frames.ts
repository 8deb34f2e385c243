/** Bytes of a frame's length, which stands before its text: an unsigned number, the highest byte first. */
const HEAD = 4;
/** The first frame of a link comes from somebody who has proved nothing yet. */
export const MAX_FIRST_FRAME = 4096;
/** Bytes of any later one: what a process has found are some histograms. */
export const MAX_FRAME = 4 * 1024 * 1024;

/** A text as a frame between two machines. @throws RangeError for one that is too long */
export function encodeFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > MAX_FRAME) throw new RangeError(`a frame of ${length} bytes is too long`);
  const frame = Buffer.allocUnsafe(HEAD + length);
  frame.writeUInt32BE(length);
  frame.write(text, HEAD);
  return frame;
}

/** Cuts texts out of bytes as they arrive, in whatever pieces. */
export class FrameDecoder {
  readonly #text: (text: string) => void;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Bytes that the next frame takes with its head; undefined until the head is here. */
  #needed: number | undefined;
  #limit = MAX_FIRST_FRAME;

  constructor(text: (text: string) => void) {
    this.#text = text;
  }

  /** @throws RangeError for a frame that is too long, as soon as its length is known */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      if (this.#bytes < (this.#needed ?? HEAD)) return;
      const whole = this.#chunks.length === 1 ? (this.#chunks[0] ?? chunk) : Buffer.concat(this.#chunks);
      this.#chunks = [whole];
      if (this.#needed === undefined) {
        const length = whole.readUInt32BE();
        if (length > this.#limit) throw new RangeError(`a frame of ${length} bytes is too long`);
        this.#needed = HEAD + length;
        continue;
      }
      const text = whole.toString('utf8', HEAD, this.#needed);
      const rest = whole.subarray(this.#needed);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#bytes = rest.length;
      this.#needed = undefined;
      this.#limit = MAX_FRAME;
      this.#text(text);
    }
  }
}
