/**
 * An XML element as both ends of the wire see it: immutable, with its namespace resolved.
 * Parsers (strict on the server, the platform's in the browser) make these; codecs read and build them.
 */
export interface Element {
  /** Local name, without a prefix. */
  readonly name: string;
  /** Namespace URI; never empty on the wire of XMPP. */
  readonly ns: string;
  /**
   * Attributes by name. A plain attribute has its plain name, one of the `xml` prefix is `xml:lang`,
   * any other qualified attribute is in Clark's notation, `{uri}local`.
   */
  readonly attrs: Attrs;
  /** Child elements and text, in order. */
  readonly children: readonly Node[];
}

export type Node = Element | string;
export type Attrs = Readonly<Record<string, string>>;

/** What may be given for a child: nothing at all is left out. */
export type Child = Node | undefined | false;
/** What may be given for attributes: undefined is left out, numbers are written in decimal. */
export type AttrsInit = Readonly<Record<string, string | number | undefined>>;

/** Builds an element. Attributes and children that are undefined (or a child that is false) are left out. */
export function el(name: string, ns: string, attrs?: AttrsInit, ...children: readonly Child[]): Element {
  // No prototype, so that an attribute called `__proto__` or `constructor` is an attribute and nothing else.
  const kept: Record<string, string> = Object.create(null);
  if (attrs) {
    for (const key in attrs) {
      const value = attrs[key];
      if (value !== undefined) kept[key] = String(value);
    }
  }
  return {
    name,
    ns,
    attrs: kept,
    children: children.filter((c): c is Node => c !== undefined && c !== false),
  };
}

/** True when the node is an element of that name and namespace. */
export function is(node: Node | undefined, name: string, ns: string): node is Element {
  return typeof node === 'object' && node.name === name && node.ns === ns;
}

/** The first child element of that name and namespace. */
export function child(parent: Element, name: string, ns: string = parent.ns): Element | undefined {
  for (const node of parent.children) if (is(node, name, ns)) return node;
  return undefined;
}

/** Every child element of that name and namespace, in order. */
export function children(parent: Element, name: string, ns: string = parent.ns): Element[] {
  return parent.children.filter((node): node is Element => is(node, name, ns));
}

/** The child elements, without text. */
export function elements(parent: Element): Element[] {
  return parent.children.filter((node): node is Element => typeof node !== 'string');
}

/** The text directly inside the element. */
export function text(parent: Element): string {
  let out = '';
  for (const node of parent.children) if (typeof node === 'string') out += node;
  return out;
}

/** The text of a child element; undefined where there is no such child. */
export function childText(parent: Element, name: string, ns: string = parent.ns): string | undefined {
  const found = child(parent, name, ns);
  return found && text(found);
}

/** A copy with some attributes changed; undefined removes one. */
export function withAttrs(element: Element, changes: AttrsInit): Element {
  return el(element.name, element.ns, { ...element.attrs, ...changes }, ...element.children);
}

/** A copy with other children. */
export function withChildren(element: Element, nodes: readonly Child[]): Element {
  return el(element.name, element.ns, element.attrs, ...nodes);
}
