import type { Mentions } from './mentions.js';

/** A part of what somebody said. */
export interface Piece {
  readonly kind: 'link' | 'mention' | 'text';
  readonly text: string;
}

/** How many addresses of one message are links; the rest stays text. */
export const LINKED_AT_MOST = 20;

// Marks that turn the direction of the text around would let an address look like another.
const ADDRESS = /\bhttps?:\/\/[^\s<>"\u202a-\u202e\u2066-\u2069]+/giu;
/** What ends a sentence, not an address. */
const TAIL = /[.,;:!?'’”»…]+$/u;

/** Splits a text into plain text, web addresses and the reader's own name. */
export function piecesOf(text: string, mentions: Mentions): readonly Piece[] {
  const whole = text.normalize('NFC');
  const pieces: Piece[] = [];
  let from = 0;
  let links = 0;
  for (const { 0: found, index } of whole.matchAll(ADDRESS)) {
    if (links === LINKED_AT_MOST) break;
    const address = addressIn(found);
    if (address === undefined) continue;
    addText(pieces, whole.slice(from, index), mentions);
    pieces.push({ kind: 'link', text: address });
    from = index + address.length;
    links++;
  }
  addText(pieces, whole.slice(from), mentions);
  return pieces;
}

function addText(pieces: Piece[], text: string, mentions: Mentions): void {
  let from = 0;
  for (const [start, end] of mentions.spans(text)) {
    if (start > from) pieces.push({ kind: 'text', text: text.slice(from, start) });
    pieces.push({ kind: 'mention', text: text.slice(start, end) });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
}

/** The address without the punctuation after it; none when it is malformed, or pretends to be another by a user name. */
function addressIn(found: string): string | undefined {
  let address = found.replace(TAIL, '');
  while (/[)\]}]$/.test(address) && !/[([{]/.test(address)) address = address.slice(0, -1).replace(TAIL, '');
  try {
    const { hostname, username, password } = new URL(address);
    return hostname && !username && !password ? address : undefined;
  } catch {
    return undefined;
  }
}
