/** Bytes of one piece of memory: it stays until the last text in it is let go. */
const PIECE = 2048;

/**
 * Short texts that are kept for long, as bytes. `Buffer.from` would put each beside whatever else was made in that
 * moment, and hold all of that in memory; here they have only each other as neighbours.
 */
export class PackedBytes {
  #piece = Buffer.alloc(0);
  #used = 0;

  /** The text as UTF-8; of more than a quarter of a piece it has memory of its own. */
  keep(text: string): Buffer {
    const size = Buffer.byteLength(text);
    if (size > PIECE / 4) return fill(Buffer.allocUnsafeSlow(size), text);
    if (this.#used + size > this.#piece.length) {
      this.#piece = Buffer.allocUnsafeSlow(PIECE);
      this.#used = 0;
    }
    const kept = this.#piece.subarray(this.#used, this.#used + size);
    this.#used += size;
    return fill(kept, text);
  }
}

function fill(bytes: Buffer, text: string): Buffer {
  bytes.write(text);
  return bytes;
}
