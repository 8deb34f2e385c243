import { decodeBase64, encodeBase64 } from './base64.js';
import { NS } from './ns.js';
import { child, childText, type Element, el, elements, is } from './xml/element.js';

/** Who is connecting (XEP-0388 section 2.2.1). */
export interface UserAgent {
  /** A stable id of this installation; tokens are bound to it (XEP-0484). */
  readonly id: string | undefined;
  readonly software: string | undefined;
  readonly device: string | undefined;
}

/** `<authenticate/>` with what it asks for in the same flight. */
export interface Authenticate {
  readonly mechanism: string;
  /** Undefined where there is no initial response, which is not the same as an empty one. */
  readonly initial: Uint8Array | undefined;
  readonly userAgent: UserAgent | undefined;
  /** `<bind/>`, `<resume/>`, `<fast/>`, `<request-token/>`: whatever is of another namespace. */
  readonly inline: readonly Element[];
}

/** `<success/>`, with the answers to what was asked inline. */
export interface Sasl2Success {
  /** Bare, or full where a resource was bound or a session resumed. */
  readonly authorizationId: string;
  readonly additional: Uint8Array | undefined;
  readonly inline: readonly Element[];
}

/** The stream feature `<authentication/>`. */
export interface Sasl2Feature {
  readonly mechanisms: readonly string[];
  readonly inline: readonly Element[];
}

/** Writes `<authenticate/>`. */
export function encodeAuthenticate(request: Authenticate): Element {
  const { initial, mechanism, userAgent } = request;
  return el(
    'authenticate',
    NS.sasl2,
    { mechanism },
    initial && el('initial-response', NS.sasl2, {}, initial.length > 0 && encodeBase64(initial)),
    userAgent &&
      el(
        'user-agent',
        NS.sasl2,
        { id: userAgent.id },
        userAgent.software !== undefined && el('software', NS.sasl2, {}, userAgent.software),
        userAgent.device !== undefined && el('device', NS.sasl2, {}, userAgent.device),
      ),
    ...request.inline,
  );
}

/** Reads `<authenticate/>`; undefined for any other element. */
export function decodeAuthenticate(
  element: Element,
): Authenticate | { readonly malformed: true } | undefined {
  if (!is(element, 'authenticate', NS.sasl2)) return undefined;
  const mechanism = element.attrs.mechanism;
  if (mechanism === undefined) return { malformed: true };
  const raw = childText(element, 'initial-response');
  const initial = raw === undefined ? undefined : decodeBase64(raw);
  if (raw !== undefined && initial === undefined) return { malformed: true };
  const agent = child(element, 'user-agent');
  return {
    mechanism,
    initial,
    userAgent: agent && {
      id: agent.attrs.id,
      software: childText(agent, 'software'),
      device: childText(agent, 'device'),
    },
    inline: elements(element).filter((node) => node.ns !== NS.sasl2),
  };
}

/** Writes `<success/>`. */
export function encodeSasl2Success(success: Sasl2Success): Element {
  const { additional, authorizationId } = success;
  return el(
    'success',
    NS.sasl2,
    {},
    additional && el('additional-data', NS.sasl2, {}, encodeBase64(additional)),
    el('authorization-identifier', NS.sasl2, {}, authorizationId),
    ...success.inline,
  );
}

/** Reads `<success/>`; undefined for any other element, or when it names nobody. */
export function decodeSasl2Success(element: Element): Sasl2Success | undefined {
  if (!is(element, 'success', NS.sasl2)) return undefined;
  const authorizationId = childText(element, 'authorization-identifier');
  if (authorizationId === undefined) return undefined;
  const raw = childText(element, 'additional-data');
  return {
    authorizationId,
    additional: raw === undefined ? undefined : decodeBase64(raw.trim()),
    inline: elements(element).filter((node) => node.ns !== NS.sasl2),
  };
}

/** Writes the stream feature. */
export function encodeSasl2Feature(feature: Sasl2Feature): Element {
  return el(
    'authentication',
    NS.sasl2,
    {},
    ...feature.mechanisms.map((name) => el('mechanism', NS.sasl2, {}, name)),
    feature.inline.length > 0 && el('inline', NS.sasl2, {}, ...feature.inline),
  );
}
