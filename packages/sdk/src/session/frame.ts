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

class MalformedFrame extends Error {}

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
    if (ended?.tag !== tag) throw new MalformedFrame();
    const [prefix, name] = splitName(tag);
    const element = el(name, namespaceOf(prefix, ended.scope), ended.attrs, ...ended.children);
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  };
  let read = 0;
  for (const [token, start, attrs = '', empty, end, cdata, text = ''] of frame.matchAll(TOKEN)) {
    read += token.length;
    const parent = open.at(-1);
    if (start !== undefined) {
      if (root || open.length >= MAX_DEPTH) throw new MalformedFrame();
      open.push({ tag: start, ...readAttrs(attrs, parent?.scope ?? new Map()), children: [] });
      if (empty) close(start);
    } else if (end !== undefined) {
      close(end);
    } else if (parent) {
      if (text.includes(']]>')) throw new MalformedFrame();
      parent.children.push(cdata ?? unescaped(text));
    } else if (cdata !== undefined || /[^ \t\n]/.test(text)) {
      throw new MalformedFrame();
    }
  }
  return read === frame.length ? root : undefined;
}

const isDeclaration = (name: string): boolean => /^xmlns(?::|$)/.test(name);

function readAttrs(text: string, inherited: Scope): Pick<OpenElement, 'attrs' | 'scope'> {
  const raw = new Map<string, string>();
  const declared: [prefix: string, ns: string][] = [];
  for (const [, name = '', double, single = ''] of text.matchAll(ATTRIBUTE)) {
    if (raw.has(name)) throw new MalformedFrame();
    const value = unescaped((double ?? single).replace(/[\t\n]/g, ' '));
    raw.set(name, value);
    if (!isDeclaration(name)) continue;
    // Only the default namespace can be undeclared.
    if (name !== 'xmlns' && value === '') throw new MalformedFrame();
    declared.push([name.slice(6), value]);
  }
  const scope = declared.length === 0 ? inherited : new Map([...inherited, ...declared]);
  const attrs: Record<string, string> = Object.create(null);
  for (const [name, value] of raw) {
    if (isDeclaration(name)) continue;
    const [prefix, local] = splitName(name);
    const key = prefix === '' || prefix === 'xml' ? name : `{${namespaceOf(prefix, scope)}}${local}`;
    if (key in attrs) throw new MalformedFrame();
    attrs[key] = value;
  }
  return { attrs, scope };
}

function namespaceOf(prefix: string, scope: Scope): string {
  const ns = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
  if (ns === undefined) throw new MalformedFrame();
  return ns;
}

function splitName(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function unescaped(text: string): string {
  return text.replace(REFERENCE, (_, decimal?: string, hex?: string, name = '') => {
    const code = decimal ?? (hex && `0x${hex}`);
    const letter = code === undefined ? ENTITIES.get(name) : String.fromCodePoint(Number(code));
    if (letter === undefined || ILLEGAL.test(letter)) throw new MalformedFrame();
    return letter;
  });
}
