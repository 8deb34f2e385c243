import { type Attrs, type Element, el, type Node } from '@meerkat-chat/xmpp';

/**
 * The parser of frames: XML 1.0 with namespaces as far as RFC 6120 section 11.1 lets it into a stream, so without
 * comments, processing instructions, document types and entities of one's own. Nothing is forgiven.
 */

/** Deeper than any stanza; stops a hostile frame from exhausting the stack of whoever walks the tree. */
export const MAX_DEPTH = 128;

const NAME = '[A-Z_a-z\\u{c0}-\\u{effff}][-.\\w\\u{b7}-\\u{effff}]*';
const QUALIFIED = `(?:${NAME}:)?${NAME}`;
const SPACE = '[ \\t\\n]';
const attribute = (name: string, value: string): string =>
  `${SPACE}+${name}${SPACE}*=${SPACE}*(?:"${value.replace('Q', '"')}"|'${value.replace('Q', "'")}')`;

/** Each capture is undefined but those of the alternative that matched: start tag, end tag, CDATA, text. */
const TOKEN = new RegExp(
  `<(${QUALIFIED})((?:${attribute(QUALIFIED, '[^<Q]*')})*)${SPACE}*(/?)>` +
    `|</(${QUALIFIED})${SPACE}*>|<!\\[CDATA\\[(.*?)\\]\\]>|([^<]+)`,
  'gsuy',
);
const ATTRIBUTE = new RegExp(attribute(`(${QUALIFIED})`, '([^Q]*)'), 'gu');
const DECLARATION = /^<\?xml [^<>?]*\?>/;
const REFERENCE = /&(?:#(\d+);|#x([\da-fA-F]+);|(\w+);)?/g;
/** What XML has no place for, not even by reference. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Namespaces by prefix; the default one has the empty prefix. */
type Scope = ReadonlyMap<string, string>;

/** An element whose end tag has not come yet. */
interface OpenElement {
  readonly tag: string;
  readonly scope: Scope;
  readonly attrs: Attrs;
  readonly children: Node[];
}

/** Parses one frame of RFC 7395; undefined when it is not exactly one whole, namespace-well-formed element. */
export function parseFrame(text: string): Element | undefined {
  try {
    return build(text.replace(/\r\n?/g, '\n').replace(DECLARATION, ''));
  } catch {
    return undefined;
  }
}

function build(frame: string): Element | undefined {
  if (ILLEGAL.test(frame)) return undefined;
  const open: OpenElement[] = [];
  let root: Element | undefined;
  const close = (tag: string): void => {
    const ended = open.pop();
    if (ended?.tag !== tag) throw new SyntaxError();
    const [ns, name] = resolve(tag, ended.scope);
    const element = el(name, ns, ended.attrs, ...ended.children);
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  };
  let read = 0;
  for (const [token, start, attrs = '', empty, end, cdata, text = ''] of frame.matchAll(TOKEN)) {
    read += token.length;
    const parent = open.at(-1);
    if (start !== undefined) {
      if (root || open.length >= MAX_DEPTH) throw new SyntaxError();
      open.push({ tag: start, ...readAttrs(attrs, parent?.scope ?? new Map()), children: [] });
      if (empty) close(start);
    } else if (end !== undefined) {
      close(end);
    } else if (parent) {
      if (text.includes(']]>')) throw new SyntaxError();
      parent.children.push(cdata ?? unescaped(text));
    } else if (cdata !== undefined || /[^ \t\n]/.test(text)) {
      throw new SyntaxError();
    }
  }
  return read === frame.length ? root : undefined;
}

const isDeclaration = (name: string): boolean => /^xmlns(?::|$)/.test(name);

function readAttrs(text: string, inherited: Scope): Pick<OpenElement, 'attrs' | 'scope'> {
  const raw = new Map<string, string>();
  const declared: [prefix: string, ns: string][] = [];
  for (const [, name = '', double, single = ''] of text.matchAll(ATTRIBUTE)) {
    if (raw.has(name)) throw new SyntaxError();
    const value = unescaped((double ?? single).replace(/[\t\n]/g, ' '));
    raw.set(name, value);
    if (!isDeclaration(name)) continue;
    // Only the default namespace can be undeclared.
    if (name !== 'xmlns' && value === '') throw new SyntaxError();
    declared.push([name.slice(6), value]);
  }
  const scope = declared.length === 0 ? inherited : new Map([...inherited, ...declared]);
  const attrs: Record<string, string> = Object.create(null);
  for (const [name, value] of raw) {
    if (isDeclaration(name)) continue;
    // Those without a prefix are in no namespace, and that of `xml:` needs no declaration.
    const key = /^(?:xml:|[^:]*$)/.test(name) ? name : `{${resolve(name, scope).join('}')}`;
    if (key in attrs) throw new SyntaxError();
    attrs[key] = value;
  }
  return { attrs, scope };
}

/** What a name with or without a prefix means. */
function resolve(name: string, scope: Scope): readonly [ns: string, local: string] {
  const [local = '', prefix = ''] = name.split(':').reverse();
  const ns = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
  if (ns === undefined) throw new SyntaxError();
  return [ns, local];
}

function unescaped(text: string): string {
  return text.replace(REFERENCE, (_, decimal?: string, hex?: string, name = '') => {
    const code = decimal ?? (hex && `0x${hex}`);
    const letter = code === undefined ? ENTITIES.get(name) : String.fromCodePoint(Number(code));
    if (letter === undefined || ILLEGAL.test(letter)) throw new SyntaxError();
    return letter;
  });
}
