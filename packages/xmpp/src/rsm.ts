import { NS } from './ns.js';
import { failed, ok, type Result } from './result.js';
import { type StanzaError, stanzaError } from './stanza-error.js';
import { child, childText, type Element, el, text } from './xml/element.js';

/** Which page of a result is asked for (XEP-0059). */
export interface RsmRequest {
  /** At most so many items; 0 asks for the count alone. */
  readonly max?: number | undefined;
  /** The page after the item of that id. */
  readonly after?: string | undefined;
  /** The page before the item of that id; the empty string asks for the last page. */
  readonly before?: string | undefined;
}

/** Which page of a result this is. `first` and `last` are missing where the page is empty. */
export interface RsmResult {
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  /** Where `first` stands in the whole result. */
  readonly index?: number | undefined;
  /** How many items the whole result has. */
  readonly count?: number | undefined;
}

const COUNT = /^\d{1,9}$/;
function readCount(value: string | undefined): number | undefined {
  return value !== undefined && COUNT.test(value) ? Number(value) : undefined;
}

/** Writes the `<set/>` of a request. */
export function encodeRsmRequest(request: RsmRequest): Element {
  return el(
    'set',
    NS.rsm,
    {},
    request.max !== undefined && el('max', NS.rsm, {}, String(request.max)),
    request.after !== undefined && el('after', NS.rsm, {}, request.after),
    request.before !== undefined && el('before', NS.rsm, {}, ...(request.before ? [request.before] : [])),
  );
}

/**
 * Reads the `<set/>` inside a request; one that is not there asks for nothing in particular.
 * @returns `bad-request` for a `max` that is no number, or for `after` and `before` together;
 *   `feature-not-implemented` for paging by `index`, which XEP-0059 section 2.6 leaves free
 */
export function decodeRsmRequest(parent: Element): Result<RsmRequest, StanzaError> {
  const set = child(parent, 'set', NS.rsm);
  if (!set) return ok({});
  const max = childText(set, 'max');
  if (max !== undefined && readCount(max) === undefined) {
    return failed(stanzaError('bad-request', '<max/> is not a number.'));
  }
  if (child(set, 'index')) return failed(stanzaError('feature-not-implemented', 'No paging by index.'));
  const request = { max: readCount(max), after: childText(set, 'after'), before: childText(set, 'before') };
  if (request.after !== undefined && request.before !== undefined) {
    return failed(stanzaError('bad-request', '<after/> and <before/> exclude each other.'));
  }
  return ok(request);
}

/** Writes the `<set/>` of an answer. */
export function encodeRsmResult(result: RsmResult): Element {
  return el(
    'set',
    NS.rsm,
    {},
    result.first !== undefined && el('first', NS.rsm, { index: result.index }, result.first),
    result.last !== undefined && el('last', NS.rsm, {}, result.last),
    result.count !== undefined && el('count', NS.rsm, {}, String(result.count)),
  );
}

/** Reads the `<set/>` inside an answer; what is missing or malformed is left out. */
export function decodeRsmResult(parent: Element): RsmResult {
  const set = child(parent, 'set', NS.rsm);
  if (!set) return {};
  const first = child(set, 'first');
  return {
    first: first && text(first),
    last: childText(set, 'last'),
    index: readCount(first?.attrs.index),
    count: readCount(childText(set, 'count')),
  };
}
