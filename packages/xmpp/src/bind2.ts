import { NS } from './ns.js';
import { childText, type Element, el, elements, is } from './xml/element.js';

/** A request to bind within sign-in (XEP-0386). */
export interface Bind2Request {
  /** Names the software; the resource begins with it. */
  readonly tag: string | undefined;
  /** What to switch on for the new session: `<enable/>` of stream management, of carbons... */
  readonly inline: readonly Element[];
}

/** Writes `<bind/>`. */
export function encodeBind2(request: Bind2Request): Element {
  const tag = request.tag !== undefined && el('tag', NS.bind2, {}, request.tag);
  return el('bind', NS.bind2, {}, tag, ...request.inline);
}

/** Finds and reads `<bind/>` among what was asked inline; undefined where there is none. */
export function decodeBind2(inline: readonly Element[]): Bind2Request | undefined {
  const bind = inline.find((node) => is(node, 'bind', NS.bind2));
  return (
    bind && { tag: childText(bind, 'tag'), inline: elements(bind).filter((node) => node.ns !== NS.bind2) }
  );
}

/** Writes `<bound/>` with the answers to what was switched on. */
export function encodeBound2(inline: readonly Element[]): Element {
  return el('bound', NS.bind2, {}, ...inline);
}

/** Finds `<bound/>` among the answers and reads what it holds; undefined where there is none. */
export function decodeBound2(inline: readonly Element[]): readonly Element[] | undefined {
  const bound = inline.find((node) => is(node, 'bound', NS.bind2));
  return bound && elements(bound);
}

/** Writes the feature, with the namespaces of what can be switched on inline. */
export function encodeBind2Feature(features: readonly string[]): Element {
  const list = features.map((name) => el('feature', NS.bind2, { var: name }));
  return el('bind', NS.bind2, {}, el('inline', NS.bind2, {}, ...list));
}
