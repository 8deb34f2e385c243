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

function plainAttributes({ attrs }: Element): string {
  let out = '';
  for (const key in attrs) out += ` ${key}="${escapeAttr(attrs[key] ?? '')}"`;
  return out;
}

/**
 * Writes an element as text in which no attribute is in a namespace, as `serialize` does: what one has made oneself.
 * @param attributes writes those of one element, with a space before each
 */
export function serializePlain(
  element: Element,
  inherited = '',
  attributes: (element: Element) => string = plainAttributes,
): string {
  let out = `<${element.name}`;
  if (element.ns !== inherited) out += ` xmlns="${escapeAttr(element.ns)}"`;
  out += attributes(element);
  if (element.children.length === 0) return `${out}/>`;
  out += '>';
  for (const node of element.children) {
    out += typeof node === 'string' ? escapeText(node) : serializePlain(node, element.ns, attributes);
  }
  return `${out}</${element.name}>`;
}
