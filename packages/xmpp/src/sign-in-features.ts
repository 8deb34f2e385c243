import { NS } from './ns.js';
import type { Sasl2Feature } from './sasl2.js';
import { child, children, type Element, elements, is, text } from './xml/element.js';

// What is offered for signing in, as a client reads it: apart, since who knows its server does not read it.

/** Reads the stream feature `<authentication/>` (XEP-0388). */
export function decodeSasl2Feature(feature: Element): Sasl2Feature {
  const inline = child(feature, 'inline');
  return {
    mechanisms: children(feature, 'mechanism').map(text),
    inline: inline ? elements(inline) : [],
  };
}

/** Reads the feature; undefined when Bind 2 is not offered. */
export function decodeBind2Feature(inline: readonly Element[]): string[] | undefined {
  const bind = inline.find((node) => is(node, 'bind', NS.bind2));
  if (!bind) return undefined;
  const list = child(bind, 'inline');
  return list ? children(list, 'feature').flatMap((node) => node.attrs.var ?? []) : [];
}

/** Reads the feature; undefined when FAST is not offered. */
export function decodeFastFeature(inline: readonly Element[]): string[] | undefined {
  const fast = inline.find((node) => is(node, 'fast', NS.fast));
  return fast && children(fast, 'mechanism').map(text);
}
