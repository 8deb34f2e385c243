import { NS } from './ns.js';
import { type Element, el, is } from './xml/element.js';
import { serialize } from './xml/serialize.js';
import { escapeAttr } from './xml/serialize-plain.js';

/** The attributes that open a stream (RFC 7395 section 3.4, RFC 6120 section 4.7), as they came: nothing is parsed. */
export interface StreamOpening {
  readonly to?: string;
  readonly from?: string;
  /** Given by the server, unguessable. */
  readonly id?: string;
  readonly version?: string;
  readonly lang?: string;
}

/** Writes `<open/>`, with version 1.0 unless another is given. */
export function encodeOpen(opening: StreamOpening): Element {
  const { lang, version = '1.0', ...rest } = opening;
  return el('open', NS.framing, { ...rest, version, 'xml:lang': lang });
}

/** Reads `<open/>`; undefined for any other element. */
export function decodeOpen(element: Element): StreamOpening | undefined {
  if (!is(element, 'open', NS.framing)) return undefined;
  const { to, from, id, version } = element.attrs;
  const lang = element.attrs['xml:lang'];
  return {
    ...(to === undefined ? {} : { to }),
    ...(from === undefined ? {} : { from }),
    ...(id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
    ...(lang === undefined ? {} : { lang }),
  };
}

/** Writes `<close/>` (RFC 7395 section 3.6). */
export function encodeClose(): Element {
  return el('close', NS.framing);
}

/** True for `<close/>`. */
export function isClose(element: Element): boolean {
  return is(element, 'close', NS.framing);
}

/**
 * Writes one frame: a document of its own. Elements of the stream's own namespace get the prefix `stream`, since
 * clients exist that look for `stream:features` by that name (RFC 7395 section 3.3.3 shows it so).
 */
export function serializeFrame(element: Element): string {
  if (element.ns !== NS.streams) return serialize(element);
  const inner = element.children.map((node) => (typeof node === 'string' ? '' : serialize(node))).join('');
  return `<stream:${element.name} xmlns:stream="${escapeAttr(NS.streams)}">${inner}</stream:${element.name}>`;
}
