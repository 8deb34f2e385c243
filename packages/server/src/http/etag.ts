/**
 * True when a client has that already (RFC 9110 section 13.1.2).
 * @param header `If-None-Match`
 * @param etag strong, with its quotes
 */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
