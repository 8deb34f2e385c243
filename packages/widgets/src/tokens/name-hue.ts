/** Hues stand this many degrees apart, so that two names either look alike or clearly differ. */
const STEP = 15;

/**
 * The hue (0..345) of a person's name: the same for the same id, whatever the page, the scheme or the session.
 * Lightness and chroma are fixed per scheme, so all names are equally readable. FNV-1a over UTF-16 units.
 */
export function nameHue(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV are weak for short texts that differ in one letter: fold the high ones in.
  const folded = (hash ^ (hash >>> 15)) >>> 0;
  return (folded % (360 / STEP)) * STEP;
}
