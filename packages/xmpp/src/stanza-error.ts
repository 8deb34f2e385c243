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

/** A condition that somebody else has sent and we do not know: no better than `undefined-condition`. */
export type UnknownCondition = string & { readonly unknown?: never };

/** Why a stanza was refused (RFC 6120 section 8.3). A value, not an exception. */
export interface StanzaError {
  readonly condition: StanzaErrorCondition | UnknownCondition;
  readonly type: StanzaErrorType;
  /** A sentence for people, without secrets. */
  readonly text?: string | undefined;
  /** A condition of an application's own, beside the defined one. */
  readonly application?: Element | undefined;
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

/**
 * Reads the `<error/>` child of a stanza of type error. A missing condition is `undefined-condition`; one that is not
 * known stays as it is, so that who only reads errors need not have the list of them.
 */
export function decodeStanzaError(stanza: Element): StanzaError {
  const error = child(stanza, 'error', stanza.ns);
  const nodes = error ? elements(error) : [];
  const type = error?.attrs.type ?? '';
  return {
    condition:
      nodes.find(({ name, ns }) => ns === NS.stanzaErrors && name !== 'text')?.name ?? 'undefined-condition',
    type: /^(auth|continue|modify|wait)$/.test(type) ? (type as StanzaErrorType) : 'cancel',
    text: error && childText(error, 'text', NS.stanzaErrors),
    application: nodes.find(({ ns }) => ns !== NS.stanzaErrors),
  };
}

/** True when a stanza carries an error. */
export function isErrorStanza(stanza: Element): boolean {
  return stanza.attrs.type === 'error' || children(stanza, 'error', stanza.ns).length > 0;
}
