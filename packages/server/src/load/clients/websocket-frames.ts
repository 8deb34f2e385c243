/** Frames of RFC 6455 as a client sees them: what it receives is unmasked, what it sends must be masked. */

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** The longest message that is taken. */
const MAX_MESSAGE = 64 * 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/** Hears what a reader found. The bytes are only good during the call. */
export interface FrameListener {
  text(payload: Buffer): void;
  control(opcode: number, payload: Buffer): void;
}

/** A stream that is no WebSocket, or a message that is too long. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Reads frames out of chunks without copying what is whole within one. */
export class FrameReader {
  readonly #listener: FrameListener;
  #rest: Buffer = NOTHING;
  #fragments: Buffer[] = [];

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** @throws FrameError after which the connection is of no use */
  push(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const left = data.length - at;
      if (left < 2) break;
      const first = data.readUInt8(at);
      const short = data.readUInt8(at + 1);
      if (short > 127) throw new FrameError('a server may not mask');
      let header = 2;
      let length = short;
      if (short === 126) {
        header = 4;
        if (left < header) break;
        length = data.readUInt16BE(at + 2);
      } else if (short === 127) {
        header = 10;
        if (left < header) break;
        length = Number(data.readBigUInt64BE(at + 2));
      }
      if (length > MAX_MESSAGE) throw new FrameError('a message is too long');
      if (left < header + length) break;
      this.#hear(first, data.subarray(at + header, at + header + length));
      at += header + length;
    }
    this.#rest = at === data.length ? NOTHING : Buffer.from(data.subarray(at));
  }

  #hear(first: number, payload: Buffer): void {
    const opcode = first & 15;
    const final = (first & 128) !== 0;
    if (opcode >= 8) {
      this.#listener.control(opcode, payload);
      return;
    }
    if (final && this.#fragments.length === 0) {
      this.#listener.text(payload);
      return;
    }
    this.#fragments.push(Buffer.from(payload));
    if (this.#fragments.reduce((sum, part) => sum + part.length, 0) > MAX_MESSAGE)
      throw new FrameError('a message is too long');
    if (!final) return;
    const whole = Buffer.concat(this.#fragments);
    this.#fragments = [];
    this.#listener.text(whole);
  }
}

/** Writes one frame. The mask is all zeros: it costs nothing, and no proxy is to be fooled here. */
export function clientFrame(opcode: number, payload: string | Buffer): Buffer {
  const length = Buffer.byteLength(payload);
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const start = 2 + extra + 4;
  const frame = Buffer.alloc(start + length);
  frame[0] = 128 | opcode;
  if (extra === 0) frame[1] = 128 | length;
  else if (extra === 2) {
    frame[1] = 128 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 128 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  if (typeof payload === 'string') frame.write(payload, start);
  else payload.copy(frame, start);
  return frame;
}
