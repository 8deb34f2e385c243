import { type Element, NS } from '@meerkat-chat/xmpp';

/** The longest that is read here, in characters: well within every bound of the parser. */
export const MAX_POLL = 1024;
/** What nearly all requests are: a body without content, with few attributes whose values need no thought. */
const POLL =
  /^<body((?:\s+(?:ack|key|newkey|rid|sid|xmlns)=(?:"[\w:/.+=-]*"|'[\w:/.+=-]*'))+)\s*(?:\/>|><\/body>)$/;
const ATTRIBUTE = /([a-z]+)=(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads a body that says nothing but that its sender is there, as the strict parser would.
 * @returns undefined for every other one, and for what might be broken: the parser decides
 */
export function plainPoll(text: string): Element | undefined {
  const written = text.length > MAX_POLL ? undefined : POLL.exec(text)?.[1];
  if (written === undefined) return undefined;
  const attrs: Record<string, string> = Object.create(null);
  let ns: string | undefined;
  for (const [, name = '', double, single] of written.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    if (name === 'xmlns') {
      if (ns !== undefined) return undefined;
      ns = value;
    } else {
      if (attrs[name] !== undefined) return undefined;
      attrs[name] = value;
    }
  }
  return ns === NS.httpBind ? { name: 'body', ns, attrs, children: [] } : undefined;
}
