import { NS } from './ns.js';
import { type Element, el, is, text } from './xml/element.js';

// What a guest of a server of ours answers (docs/namespaces.md, `urn:meerkat:guest:0`), apart from what few are ever asked.

/** Writes the answer, inside `<authenticate/>` (XEP-0388). */
export function encodeProof(answer: string): Element {
  return el('proof', NS.guest, {}, answer);
}

/** Finds the answer among what came with `<authenticate/>`. */
export function decodeProof(inline: readonly Element[]): string | undefined {
  const proof = inline.find((node) => is(node, 'proof', NS.guest));
  return proof && text(proof);
}
