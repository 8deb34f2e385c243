/** The lines around a block of a document that a program writes. */
const begin = (name: string): string => `<!-- generated: ${name} -->`;
const end = (name: string): string => `<!-- end of generated: ${name} -->`;

/**
 * Puts a block into a document in place of the one of that name before.
 * @throws RangeError when the document has no place for it: a line for its begin, and one for its end after that
 */
export function replaceBlock(document: string, name: string, block: string): string {
  const from = document.indexOf(begin(name));
  const to = document.indexOf(end(name), from);
  if (from === -1 || to === -1) {
    throw new RangeError(`no lines ${begin(name)} and ${end(name)}`);
  }
  return `${document.slice(0, from)}${begin(name)}\n\n${block.trim()}\n\n${document.slice(to)}`;
}
