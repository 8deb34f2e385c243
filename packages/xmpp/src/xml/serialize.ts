import { NS } from '../ns.js';
import type { Element } from './element.js';
import { escapeAttr, serializePlain } from './serialize-plain.js';

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
  return serializePlain(element, inherited, attributes);
}
