import type { SharedStanza } from '../kernel/shared-stanza.js';

/** FIN and the opcode of text (RFC 6455 section 5.2). */
const WHOLE_TEXT = 0x81;
/** The most that the second byte says itself; above it the length has bytes of its own. */
const SHORT = 125;
const LENGTH_IN_2 = 126;
const LENGTH_IN_8 = 127;

/** One text as one unmasked frame, header and payload in one piece of memory. */
export function frameOfText(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const frame = begin(size);
  frame.write(text, frame.length - size, 'utf8');
  return frame;
}

/** A stanza as such a frame for one recipient. It is all the work that is done per recipient. */
export function frameOfShared(stanza: SharedStanza, to: Buffer): Buffer {
  const { head, tail } = stanza;
  const size = head.length + to.length + tail.length;
  const frame = begin(size);
  const start = frame.length - size;
  head.copy(frame, start);
  to.copy(frame, start + head.length);
  tail.copy(frame, start + head.length + to.length);
  return frame;
}

/** Memory for a frame with its header written, as short as it can be. @param size bytes of the payload */
function begin(size: number): Buffer {
  if (size <= SHORT) {
    const frame = Buffer.allocUnsafe(2 + size);
    frame[0] = WHOLE_TEXT;
    frame[1] = size;
    return frame;
  }
  if (size <= 0xffff) {
    const frame = Buffer.allocUnsafe(4 + size);
    frame[0] = WHOLE_TEXT;
    frame[1] = LENGTH_IN_2;
    frame[2] = size >>> 8;
    frame[3] = size & 0xff;
    return frame;
  }
  const frame = Buffer.allocUnsafe(10 + size);
  frame[0] = WHOLE_TEXT;
  frame[1] = LENGTH_IN_8;
  frame.writeBigUInt64BE(BigInt(size), 2);
  return frame;
}
