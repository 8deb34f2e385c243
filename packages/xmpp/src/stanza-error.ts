import { NS } from './ns.js';
import { child, children, childText, type Element, el, elements } from './xml/element.js';

/** Defined conditions (RFC 6120 section 8.3.3) with the type that each has unless its use says otherwise. */
export const STANZA_ERROR_TYPES = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  gone: 'cancel',
  'internal-server-error': 'cancel',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'not-authorized': 'auth',
  'policy-violation': 'modify',
  'recipient-unavailable': 'wait',
  redirect: 'modify',
  'registration-required': 'auth',
  'remote-server-not-found': 'cancel',
  'remote-server-timeout': 'wait',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
  'subscription-required': 'auth',
  'undefined-condition': 'cancel',
  'unexpected-request': 'wait',
} as const;

export type StanzaErrorCondition = keyof typeof STANZA_ERROR_TYPES;
export type StanzaErrorType = 'auth' | 'cancel' | 'continue' | 'modify' | 'wait';

/** Why a stanza was refused (RFC 6120 section 8.3). A value, not an exception. */
export interface StanzaError {
  readonly condition: StanzaErrorCondition;
  readonly type: StanzaErrorType;
  /** A sentence for people, without secrets. */
  readonly text?: string;
  /** A condition of an application's own, beside the defined one. */
  readonly application?: Element;
}

/** Makes an error with the usual type of its condition. */
export function stanzaError(
  condition: StanzaErrorCondition,
  text?: string,
  more: { readonly type?: StanzaErrorType; readonly application?: Element } = {},
): StanzaError {
  return {
    condition,
    type: more.type ?? STANZA_ERROR_TYPES[condition],
    ...(text === undefined ? {} : { text }),
    ...(more.application === undefined ? {} : { application: more.application }),
  };
}

function isCondition(name: string): name is StanzaErrorCondition {
  return Object.hasOwn(STANZA_ERROR_TYPES, name);
}

const TYPES: readonly string[] = ['auth', 'cancel', 'continue', 'modify', 'wait'];
function isType(type: string | undefined): type is StanzaErrorType {
  return type !== undefined && TYPES.includes(type);
}

/** Writes the `<error/>` child. */
export function encodeStanzaError(error: StanzaError): Element {
  return el(
    'error',
    NS.client,
    { type: error.type },
    el(error.condition, NS.stanzaErrors),
    error.text !== undefined && el('text', NS.stanzaErrors, { 'xml:lang': 'en' }, error.text),
    error.application,
  );
}

/** Reads the `<error/>` child of a stanza of type error; an unknown or missing condition is `undefined-condition`. */
export function decodeStanzaError(stanza: Element): StanzaError {
  const error = child(stanza, 'error', stanza.ns);
  if (!error) return stanzaError('undefined-condition');
  let condition: StanzaErrorCondition = 'undefined-condition';
  let application: Element | undefined;
  for (const node of elements(error)) {
    if (node.ns !== NS.stanzaErrors) application ??= node;
    else if (isCondition(node.name)) condition = node.name;
  }
  const text = childText(error, 'text', NS.stanzaErrors);
  const type = error.attrs.type;
  return stanzaError(condition, text, {
    ...(isType(type) ? { type } : {}),
    ...(application ? { application } : {}),
  });
}

/** True when a stanza carries an error. */
export function isErrorStanza(stanza: Element): boolean {
  return stanza.attrs.type === 'error' || children(stanza, 'error', stanza.ns).length > 0;
}
