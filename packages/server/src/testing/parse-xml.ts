import { type Element, el, type Node } from '@meerkat-chat/xmpp';
import { SaxesParser } from 'saxes';

/** Reads one complete document, for tests; undefined when it is not well-formed. */
export function parseXml(text: string): Element | undefined {
  interface Open {
    readonly name: string;
    readonly ns: string;
    readonly attrs: Record<string, string>;
    readonly children: Node[];
  }
  const stack: Open[] = [];
  let root: Element | undefined;
  let broken = false;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    broken = true;
  });
  parser.on('opentag', (tag) => {
    const attrs: Record<string, string> = {};
    for (const attr of Object.values(tag.attributes)) {
      if (attr.prefix === 'xmlns' || attr.name === 'xmlns') continue;
      attrs[attr.prefix === '' || attr.prefix === 'xml' ? attr.name : `{${attr.uri}}${attr.local}`] =
        attr.value;
    }
    stack.push({ name: tag.local, ns: tag.uri, attrs, children: [] });
  });
  parser.on('text', (chunk) => stack.at(-1)?.children.push(chunk));
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (!closed) return;
    const element = el(closed.name, closed.ns, closed.attrs, ...closed.children);
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  return broken ? undefined : root;
}
