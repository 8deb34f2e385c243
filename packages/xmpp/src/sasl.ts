import { decodeBase64, encodeBase64 } from './base64.js';
import { NS } from './ns.js';
import { childText, type Element, el, elements, is, text } from './xml/element.js';

/** Conditions of failed authentication (RFC 6120 section 6.5). */
export const SASL_CONDITIONS = [
  'aborted',
  'account-disabled',
  'credentials-expired',
  'encryption-required',
  'incorrect-encoding',
  'invalid-authzid',
  'invalid-mechanism',
  'malformed-request',
  'mechanism-too-weak',
  'not-authorized',
  'temporary-auth-failure',
] as const;

export type SaslCondition = (typeof SASL_CONDITIONS)[number];

/** Why an attempt failed, in either profile. */
export interface SaslFailure {
  readonly condition: SaslCondition;
  /** A sentence for people, without secrets. */
  readonly text?: string;
  /** A condition of an application's own, beside the defined one. */
  readonly application?: Element;
}

/** The classic profile (RFC 6120 section 6), or the extensible one (XEP-0388). */
export type SaslProfile = typeof NS.sasl | typeof NS.sasl2;

/** What a client says while an attempt goes on, in either profile. */
export type SaslReply =
  | { readonly kind: 'response'; readonly data: Uint8Array }
  | { readonly kind: 'abort' }
  /** Base64 that is none: the attempt fails with `incorrect-encoding`. */
  | { readonly kind: 'malformed' };

/** The first step of the classic profile. */
export interface SaslAuth {
  readonly mechanism: string;
  /** Undefined where there is no initial response, which is not the same as an empty one. */
  readonly initial: Uint8Array | undefined;
}

/** Writes `<auth/>`; an empty initial response is `=` (RFC 6120 section 6.4.2). */
export function encodeAuth(auth: SaslAuth): Element {
  const { initial, mechanism } = auth;
  const data = initial && (initial.length === 0 ? '=' : encodeBase64(initial));
  return el('auth', NS.sasl, { mechanism }, data);
}

/** Reads `<auth/>`; undefined for any other element, or when there is no mechanism. */
export function decodeAuth(element: Element): SaslAuth | { readonly malformed: true } | undefined {
  if (!is(element, 'auth', NS.sasl)) return undefined;
  const mechanism = element.attrs.mechanism;
  if (mechanism === undefined) return { malformed: true };
  const raw = text(element);
  if (raw === '') return { mechanism, initial: undefined };
  const initial = raw === '=' ? new Uint8Array() : decodeBase64(raw);
  return initial ? { mechanism, initial } : { malformed: true };
}

/** Writes `<challenge/>`, `<response/>`, or the `<success/>` of the classic profile, with its data where there is any. */
export function encodeSaslData(
  name: 'challenge' | 'response' | 'success',
  data: Uint8Array | undefined,
  profile: SaslProfile,
): Element {
  return el(name, profile, {}, data && data.length > 0 ? encodeBase64(data) : undefined);
}

/** Reads the data of such an element: empty where there is none, undefined when it is not Base64. */
export function decodeSaslData(element: Element): Uint8Array<ArrayBuffer> | undefined {
  const raw = text(element);
  return raw === '=' ? new Uint8Array() : decodeBase64(raw);
}

/** Writes `<abort/>`. */
export function encodeSaslAbort(profile: SaslProfile): Element {
  return el('abort', profile);
}

/** Reads `<response/>` or `<abort/>`; undefined for any other element. */
export function decodeSaslReply(element: Element, profile: SaslProfile): SaslReply | undefined {
  if (is(element, 'abort', profile)) return { kind: 'abort' };
  if (!is(element, 'response', profile)) return undefined;
  const data = decodeSaslData(element);
  return data ? { kind: 'response', data } : { kind: 'malformed' };
}

/** Writes `<failure/>`. In both profiles the condition is of the classic namespace. */
export function encodeSaslFailure(failure: SaslFailure, profile: SaslProfile): Element {
  return el(
    'failure',
    profile,
    {},
    el(failure.condition, NS.sasl),
    failure.text !== undefined && el('text', profile, { 'xml:lang': 'en' }, failure.text),
    failure.application,
  );
}

/** Reads `<failure/>` of that profile; undefined for any other element. Unknown conditions are `not-authorized`. */
export function decodeSaslFailure(element: Element, profile: SaslProfile): SaslFailure | undefined {
  if (!is(element, 'failure', profile)) return undefined;
  const nodes = elements(element);
  const known = nodes.find(
    (node) => node.ns === NS.sasl && (SASL_CONDITIONS as readonly string[]).includes(node.name),
  );
  const said = childText(element, 'text', profile);
  const application = nodes.find(({ ns }) => ns !== NS.sasl && ns !== profile);
  return {
    condition: (known?.name as SaslCondition | undefined) ?? 'not-authorized',
    ...(said === undefined ? {} : { text: said }),
    ...(application ? { application } : {}),
  };
}

/** Writes the stream feature `<mechanisms/>`. */
export function encodeMechanisms(mechanisms: readonly string[]): Element {
  return el('mechanisms', NS.sasl, {}, ...mechanisms.map((name) => el('mechanism', NS.sasl, {}, name)));
}

/** Reads the stream feature `<mechanisms/>`. */
export function decodeMechanisms(feature: Element): string[] {
  return elements(feature)
    .filter((node) => is(node, 'mechanism', NS.sasl))
    .map(text);
}
