import type { SharedStanza } from '../kernel/shared-stanza.js';

/** FIN and the opcode of text (RFC 6455 section 5.2). */
const WHOLE_TEXT = 0x81;

/**
 * A stanza as one unmasked text frame for one recipient, in one piece of memory: what `ws` would make of it in
 * several steps, and the only work that is done per recipient.
 */
export function textFrame(stanza: SharedStanza, to: Buffer): Buffer {
  const size = stanza.size(to.length);
  const header = size < 126 ? 2 : size < 65_536 ? 4 : 10;
  const out = Buffer.allocUnsafe(header + size);
  out[0] = WHOLE_TEXT;
  if (header === 2) {
    out[1] = size;
  } else if (header === 4) {
    out[1] = 126;
    out.writeUInt16BE(size, 2);
  } else {
    out[1] = 127;
    out.writeBigUInt64BE(BigInt(size), 2);
  }
  stanza.head.copy(out, header);
  to.copy(out, header + stanza.head.length);
  stanza.tail.copy(out, header + stanza.head.length + to.length);
  return out;
}
