const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]);

/** The text of a message as it is archived, for people to read; undefined where it has none. */
export function textOfArchived(xml: string): string | undefined {
  const text = /<body(?: [^<>]*)?>([^<]*)<\/body>/.exec(xml)?.[1];
  return text?.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES.get(entity) ?? entity);
}
