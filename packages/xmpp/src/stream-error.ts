import { NS } from './ns.js';
import { childText, type Element, el, elements, is } from './xml/element.js';

/** Defined conditions of stream errors (RFC 6120 section 4.9.3). */
export const STREAM_ERROR_CONDITIONS = [
  'bad-format',
  'bad-namespace-prefix',
  'conflict',
  'connection-timeout',
  'host-gone',
  'host-unknown',
  'improper-addressing',
  'internal-server-error',
  'invalid-from',
  'invalid-namespace',
  'invalid-xml',
  'not-authorized',
  'not-well-formed',
  'policy-violation',
  'remote-connection-failed',
  'reset',
  'resource-constraint',
  'restricted-xml',
  'see-other-host',
  'system-shutdown',
  'undefined-condition',
  'unsupported-encoding',
  'unsupported-feature',
  'unsupported-stanza-type',
  'unsupported-version',
] as const;

export type StreamErrorCondition = (typeof STREAM_ERROR_CONDITIONS)[number];

/** Why a stream ends (RFC 6120 section 4.9): it cannot be recovered from. */
export interface StreamError {
  readonly condition: StreamErrorCondition;
  /** A sentence for people, without secrets. */
  readonly text?: string | undefined;
  /** A condition of an application's own, beside the defined one. */
  readonly application?: Element | undefined;
}

/** Makes a stream error. */
export function streamError(
  condition: StreamErrorCondition,
  text?: string,
  application?: Element,
): StreamError {
  return { condition, text, application };
}

/** The application condition beside `policy-violation` for what is too large (RFC 6120 section 4.9.3.14). */
export function stanzaTooBig(): Element {
  return el('stanza-too-big', 'urn:xmpp:errors');
}

/** True for the name of a defined condition. */
export function isStreamErrorCondition(name: string): name is StreamErrorCondition {
  return (STREAM_ERROR_CONDITIONS as readonly string[]).includes(name);
}

/** Writes `<stream:error/>`. */
export function encodeStreamError(error: StreamError): Element {
  return el(
    'error',
    NS.streams,
    {},
    el(error.condition, NS.streamErrors),
    error.text !== undefined && el('text', NS.streamErrors, { 'xml:lang': 'en' }, error.text),
    error.application,
  );
}

/** Reads `<stream:error/>`; undefined for any other element. An unknown condition is `undefined-condition`. */
export function decodeStreamError(element: Element): StreamError | undefined {
  if (!is(element, 'error', NS.streams)) return undefined;
  let condition: StreamErrorCondition = 'undefined-condition';
  let application: Element | undefined;
  for (const node of elements(element)) {
    if (node.ns !== NS.streamErrors) application ??= node;
    else if (isStreamErrorCondition(node.name)) condition = node.name;
  }
  return streamError(condition, childText(element, 'text', NS.streamErrors), application);
}

/**
 * The same for who has no use for the list of conditions: whatever condition it is, or `undefined-condition` where there
 * is none.
 */
export function readStreamError(
  element: Element,
): { readonly condition: string; readonly text: string | undefined } | undefined {
  if (!is(element, 'error', NS.streams)) return undefined;
  const condition = elements(element).find(({ name, ns }) => ns === NS.streamErrors && name !== 'text');
  return {
    condition: condition?.name ?? 'undefined-condition',
    text: childText(element, 'text', NS.streamErrors),
  };
}
