/**
 * Whether somebody else may get a stanza that its recipient never acknowledged (XEP-0198 section 4): not a presence, nor
 * what a room said to all. Told by the start tag as we have written it, without parsing: when many sessions expire after
 * a large event, nearly all that they leave is of that kind.
 */
export function isRedeliverable(text: string): boolean {
  if (text.startsWith('<presence')) return false;
  // Quotes inside a value are escaped, so this is the attribute and nothing else.
  return !text.slice(0, text.indexOf('>')).includes(' type="groupchat"');
}
