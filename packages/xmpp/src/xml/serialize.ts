import { NS } from '../ns.js';
import type { Element } from './element.js';

const TEXT = /[&<>\r]/g;
const ATTR = /[&<>"'\t\n\r]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const entity = (c: string): string => ENTITIES[c] ?? c;

/** Escapes character data. A carriage return is written as a reference, or every parser makes a line feed of it. */
export function escapeText(value: string): string {
  return value.replace(TEXT, entity);
}

/** Escapes the value of an attribute for either kind of quote. */
export function escapeAttr(value: string): string {
  return value.replace(ATTR, entity);
}

function attributes(element: Element): string {
  let out = '';
  const prefixes = new Map<string, string>();
  for (const key in element.attrs) {
    const value = escapeAttr(element.attrs[key] ?? '');
    if (key.startsWith('{')) {
      const end = key.lastIndexOf('}'); // A namespace may hold a brace, a local name cannot.
      const ns = key.slice(1, end);
      let prefix = prefixes.get(ns);
      if (prefix === undefined) {
        // Servers there are (ejabberd) that go by the prefix which XEP-0206 writes, not by its namespace.
        prefix = ns === NS.xbosh ? 'xmpp' : `n${prefixes.size}`;
        prefixes.set(ns, prefix);
        out += ` xmlns:${prefix}="${escapeAttr(ns)}"`;
      }
      out += ` ${prefix}:${key.slice(end + 1)}="${value}"`;
    } else {
      out += ` ${key}="${value}"`;
    }
  }
  return out;
}

/**
 * Writes an element as text.
 * @param inherited the default namespace in force where the text will stand; none by default, so that a frame of
 *   RFC 7395, which is a document of its own, declares its own.
 */
export function serialize(element: Element, inherited = ''): string {
  let out = `<${element.name}`;
  if (element.ns !== inherited) out += ` xmlns="${escapeAttr(element.ns)}"`;
  out += attributes(element);
  if (element.children.length === 0) return `${out}/>`;
  out += '>';
  for (const node of element.children) {
    out += typeof node === 'string' ? escapeText(node) : serialize(node, element.ns);
  }
  return `${out}</${element.name}>`;
}
