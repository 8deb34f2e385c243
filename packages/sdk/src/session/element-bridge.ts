import { type Attrs, type Element, el, type Node } from '@meerkat-chat/xmpp';
import { Element as LtxElement, Parser } from '@xmpp/xml';

/** The one place where elements of xmpp.js (ltx: mutable, prefixes unresolved) and ours meet. */

/** Deeper than any stanza; stops a hostile frame from exhausting the stack. */
export const MAX_DEPTH = 128;

type Child = LtxElement | string;

class MalformedFrame extends Error {}

/**
 * Builds the tree of one document. The base class is made for streams: it hands out children of the root, and forgives
 * a frame that ends in mid-element.
 */
class FrameBuilder extends Parser {
  done: LtxElement | undefined;
  #depth = 0;

  override onStartElement(name: string, attrs?: string | Record<string, unknown>): void {
    if (this.done || ++this.#depth > MAX_DEPTH) throw new MalformedFrame();
    const element = new LtxElement(name, attrs);
    this.cursor?.append(element);
    this.cursor = element;
  }

  override onEndElement(name: string): void {
    if (name !== this.cursor?.name) throw new MalformedFrame();
    this.#depth--;
    if (this.cursor.parent) {
      this.cursor = this.cursor.parent;
    } else {
      this.done = this.cursor;
      this.cursor = null;
    }
  }

  override onText(text: string): void {
    if (this.cursor) this.cursor.t(text);
    else if (text.trim() !== '') throw new MalformedFrame();
  }
}

/** Parses one frame of RFC 7395 as xmpp.js has it; undefined when it is not exactly one whole element. */
export function parseLtx(text: string): LtxElement | undefined {
  // A new parser each time: its state would carry one broken frame over into the next.
  const builder = new FrameBuilder();
  try {
    builder.write(text);
  } catch {
    return undefined;
  }
  // Text after the root never reaches the parser's listeners, because no tag ends it.
  return builder.done && text.trimEnd().endsWith('>') ? builder.done : undefined;
}

/** Resolves prefixes and namespaces; undefined where a prefix is not declared. */
export function fromLtx(
  node: LtxElement,
  inherited: ReadonlyMap<string, string> = new Map(),
): Element | undefined {
  const scope = scopeOf(node, inherited);
  const [prefix, name] = splitName(node.name);
  const ns = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
  if (ns === undefined) return undefined;
  const attrs = attrsOf(node, scope);
  if (!attrs) return undefined;
  const children: Node[] = [];
  for (const child of node.children as readonly Child[]) {
    if (typeof child === 'string') {
      children.push(child);
      continue;
    }
    const converted = fromLtx(child, scope);
    if (!converted) return undefined;
    children.push(converted);
  }
  return el(name, ns, attrs, ...children);
}

/** Parses one frame of RFC 7395; undefined when it is not exactly one whole, namespace-well-formed element. */
export function parseFrame(text: string): Element | undefined {
  const node = parseLtx(text);
  return node && fromLtx(node);
}

function scopeOf(node: LtxElement, inherited: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let scope: Map<string, string> | undefined;
  for (const key of Object.keys(node.attrs)) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    scope ??= new Map(inherited);
    scope.set(key.slice(6), String(node.attrs[key]));
  }
  return scope ?? inherited;
}

function attrsOf(node: LtxElement, scope: ReadonlyMap<string, string>): Attrs | undefined {
  const attrs: Record<string, string> = Object.create(null);
  for (const key of Object.keys(node.attrs)) {
    if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
    const [prefix, name] = splitName(key);
    if (prefix === '' || prefix === 'xml') {
      attrs[key] = String(node.attrs[key]);
      continue;
    }
    const ns = scope.get(prefix);
    if (ns === undefined) return undefined;
    attrs[`{${ns}}${name}`] = String(node.attrs[key]);
  }
  return attrs;
}

function splitName(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
