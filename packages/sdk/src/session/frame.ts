import { type Attrs, type Element, el, type Node } from '@meerkat-chat/xmpp';
import { Parser } from '@xmpp/xml';

/** The one place where the parser of xmpp.js meets our elements: prefixes are resolved, and nothing is forgiven. */

/** Deeper than any stanza; stops a hostile frame from exhausting the stack. */
export const MAX_DEPTH = 128;

type Scope = ReadonlyMap<string, string>;
type RawAttrs = Readonly<Record<string, unknown>>;

class MalformedFrame extends Error {}

/** An element whose end tag has not come yet. */
interface OpenElement {
  readonly tag: string;
  readonly scope: Scope;
  readonly finish: (children: readonly Node[]) => Element;
  readonly children: Node[];
}

/**
 * Builds the tree of one document. The base class is made for streams: it hands out children of the root, and forgives
 * a frame that ends in mid-element.
 */
class FrameBuilder extends Parser {
  done: Element | undefined;
  readonly #open: OpenElement[] = [];

  override onStartElement(tag: string, attrs: string | RawAttrs = {}): void {
    if (this.done || this.#open.length >= MAX_DEPTH) throw new MalformedFrame();
    const raw = typeof attrs === 'string' ? {} : attrs;
    const scope = scopeOf(raw, this.#open.at(-1)?.scope ?? new Map());
    const [prefix, name] = splitName(tag);
    const ns = namespaceOf(prefix, scope);
    const resolved = attrsOf(raw, scope);
    this.#open.push({
      tag,
      scope,
      finish: (children) => el(name, ns, resolved, ...children),
      children: [],
    });
  }

  override onEndElement(tag: string): void {
    const ended = this.#open.pop();
    if (ended?.tag !== tag) throw new MalformedFrame();
    const element = ended.finish(ended.children);
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.done = element;
  }

  override onText(text: string): void {
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(text);
    else if (text.trim() !== '') throw new MalformedFrame();
  }
}

/** Parses one frame of RFC 7395; undefined when it is not exactly one whole, namespace-well-formed element. */
export function parseFrame(text: string): Element | undefined {
  // A new parser each time: its state would carry one broken frame over into the next.
  const builder = new FrameBuilder();
  try {
    builder.write(text);
  } catch {
    return undefined;
  }
  // Text after the root never reaches the parser's listeners, because no tag ends it.
  return text.trimEnd().endsWith('>') ? builder.done : undefined;
}

const isDeclaration = (key: string): boolean => key === 'xmlns' || key.startsWith('xmlns:');

function scopeOf(attrs: RawAttrs, inherited: Scope): Scope {
  const declared = Object.entries(attrs).filter(([key]) => isDeclaration(key));
  if (declared.length === 0) return inherited;
  return new Map([...inherited, ...declared.map(([key, ns]) => [key.slice(6), String(ns)] as const)]);
}

function namespaceOf(prefix: string, scope: Scope): string {
  const ns = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
  if (ns === undefined) throw new MalformedFrame();
  return ns;
}

function attrsOf(raw: RawAttrs, scope: Scope): Attrs {
  const attrs: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(raw)) {
    if (isDeclaration(key)) continue;
    const [prefix, name] = splitName(key);
    const plain = prefix === '' || prefix === 'xml';
    attrs[plain ? key : `{${namespaceOf(prefix, scope)}}${name}`] = String(value);
  }
  return attrs;
}

function splitName(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
