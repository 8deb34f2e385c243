// In the bundle, in place of Lit's renderer: what our templates use of it, in a third of its length. It knows no
// directives, no lists but arrays, `svg` of whole drawings only, and expressions where an element has its content or
// the whole value of an attribute. `.storybook/test/renderer.spec.ts` holds it to what Lit's own makes of the same.

/** What a template says. */
export interface TemplateResult {
  /** By which others know it. */
  readonly _$litType$: 1;
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
}

/** Puts a value where it belongs. */
type Put = (value: unknown) => void;
/** Puts those of a template's values that it is about where they belong. */
type PutSome = (values: readonly unknown[]) => void;

/** Where in a template a value goes. */
interface Hole {
  /** Which of its elements and comments it is about. */
  readonly node: number;
  /** Which value. */
  readonly at: number;
  /** An attribute as it is written; none for content. */
  readonly attribute?: string | undefined;
}

interface Template {
  readonly content: DocumentFragment;
  readonly holes: readonly Hole[];
}

interface Policy {
  createHTML(text: string): string;
}
interface WithPolicies {
  readonly trustedTypes?: { createPolicy(name: string, policy: Policy): Policy };
}

export const nothing = Symbol.for('lit-nothing');

export const html = (strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult => ({
  _$litType$: 1,
  strings,
  values,
});
export const svg = html;

/** Stands for a value while the browser reads a template. */
const MARK = 'lit$';
// Pages with Trusted Types allow it by this name.
const policy = (globalThis as WithPolicies).trustedTypes?.createPolicy('lit-html', {
  createHTML: (text) => text,
});
const templates = new WeakMap<TemplateStringsArray, Template>();
const roots = new WeakMap<Node, Put>();

/** Shows a value in a container, in place of what was rendered there before, after what was there before that. */
export function render(value: unknown, container: Node): void {
  let put = roots.get(container);
  if (!put) {
    put = contentPut(container.appendChild(new Comment()), null);
    roots.set(container, put);
  }
  put(value);
}

function templateOf(strings: TemplateStringsArray): Template {
  const known = templates.get(strings);
  if (known) return known;
  const names: string[] = [];
  const markup = strings.reduce((before, text) => {
    const inTag = before.lastIndexOf('<') > before.lastIndexOf('>');
    // The name of an attribute is marked too; the parser would put it into lower case.
    const marked = before.replace(/([.?@]?[\w-]+)(="?)$/, (all, name: string, rest: string) => {
      if (inTag) names.push(name);
      return inTag ? name + MARK + rest : all;
    });
    // What follows a value without quotes would be taken for its end.
    return marked + (inTag ? MARK : `<!--${MARK}-->`) + text.replace(/^\/>/, ' />');
  });
  const template = document.createElement('template');
  template.innerHTML = policy ? policy.createHTML(markup) : markup;
  const holes: Hole[] = [];
  let at = 0;
  for (const [node, found] of nodesOf(template.content).entries()) {
    if (found instanceof Comment) {
      holes.push({ node, at: at++ });
      continue;
    }
    for (const name of found.getAttributeNames()) {
      if (!name.endsWith(MARK)) continue;
      holes.push({ node, at: at++, attribute: names.shift() });
      found.removeAttribute(name);
    }
  }
  const made = { content: template.content, holes };
  templates.set(strings, made);
  return made;
}

/** Elements and comments, in the order of the document. */
function nodesOf(root: Node): readonly (Comment | Element)[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  const nodes: (Comment | Element)[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Comment | Element);
  return nodes;
}

/** A copy of a template, and what puts values into it. */
function copyOf({ content, holes }: Template): readonly [DocumentFragment, readonly PutSome[]] {
  const copy = document.importNode(content, true);
  const nodes = nodesOf(copy);
  const puts = holes.map(({ node, at, attribute }): PutSome => {
    const found = nodes[node] as Comment | Element;
    if (!attribute) {
      const put = contentPut(found, found.nextSibling);
      return (values) => put(values[at]);
    }
    const put = attributePut(found as Element, attribute);
    let was: unknown = nothing;
    return (values) => {
      const value = values[at];
      if (value !== was) put(value);
      was = value;
    };
  });
  return [copy, puts];
}

/** @param attribute with the sign before it that says what it is: a listener, a flag or a property */
function attributePut(element: Element, attribute: string): Put {
  const name = attribute.slice(1);
  switch (attribute[0]) {
    case '@': {
      let run: unknown;
      element.addEventListener(name, (event) => {
        if (typeof run === 'function') run(event);
      });
      return (value) => {
        run = value;
      };
    }
    case '?':
      return (value) => element.toggleAttribute(name, value !== nothing && !!value);
    case '.':
      return (value) => Object.assign(element, { [name]: value === nothing ? undefined : value });
    default:
      return (value) => {
        if (value === nothing) element.removeAttribute(attribute);
        else element.setAttribute(attribute, String(value ?? ''));
      };
  }
}

/** For what stands between two nodes. */
function contentPut(start: ChildNode, end: ChildNode | null): Put {
  /** A text, the strings of a template, or the places of a list. */
  let was: unknown = '';
  let puts: readonly PutSome[] = [];
  const clear = (from = start.nextSibling): void => {
    while (from && from !== end) {
      const next: ChildNode | null = from.nextSibling;
      from.remove();
      from = next;
    }
  };
  const insert = <T extends Node>(node: T): T => {
    start.parentNode?.insertBefore(node, end);
    return node;
  };
  const putTemplate = ({ strings, values }: TemplateResult): void => {
    let copy: Node | undefined;
    if (was !== strings) {
      clear();
      [copy, puts] = copyOf(templateOf(strings));
      was = strings;
    }
    for (const put of puts) put(values);
    // As late as this, so that elements in it have their properties when they come into the page.
    if (copy) insert(copy);
  };
  let places: { readonly start: ChildNode; readonly put: Put }[] = [];
  const putList = (list: readonly unknown[]): void => {
    if (was !== places) {
      clear();
      was = places = [];
    }
    for (const [index, value] of list.entries()) {
      if (!places[index]) {
        const first = insert(new Comment());
        places.push({ start: first, put: contentPut(first, insert(new Comment())) });
      }
      places[index]?.put(value);
    }
    const beyond = places[list.length];
    if (beyond) clear(beyond.start);
    places.length = list.length;
  };
  const putText = (text: string): void => {
    if (text === was) return;
    if (typeof was === 'string' && was && text) (start.nextSibling as Text).data = text;
    else {
      clear();
      if (text) insert(new Text(text));
    }
    was = text;
  };
  return (value) => {
    if (Array.isArray(value)) putList(value);
    else if (isTemplate(value)) putTemplate(value);
    else putText(value === nothing ? '' : String(value ?? ''));
  };
}

/** Text from elsewhere that was read as JSON may look like one, and markup in it must stay text: no JSON has `raw` on a list. */
function isTemplate(value: unknown): value is TemplateResult {
  const strings = (value as Partial<TemplateResult> | null | undefined)?.strings;
  return Array.isArray(strings) && 'raw' in strings;
}
