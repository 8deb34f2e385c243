import { NS } from './ns.js';
import { child, childText, type Element, el } from './xml/element.js';

/** Writes `<bind/>` of the classic kind (RFC 6120 section 7): the stream feature, or a request without or with a resource. */
export function encodeBind(resource?: string): Element {
  return el('bind', NS.bind, {}, resource !== undefined && el('resource', NS.bind, {}, resource));
}

/** The `<bind/>` of a request that binds; undefined when the iq is none. */
export function decodeBind(iq: Element): { readonly resource: string | undefined } | undefined {
  if (iq.name !== 'iq' || iq.attrs.type !== 'set') return undefined;
  const bind = child(iq, 'bind', NS.bind);
  return bind && { resource: childText(bind, 'resource') };
}

/** The payload of the answer, with the full address that was bound. */
export function encodeBoundJid(jid: string): Element {
  return el('bind', NS.bind, {}, el('jid', NS.bind, {}, jid));
}

/** Reads the address from the answer; undefined when there is none. */
export function decodeBoundJid(iq: Element): string | undefined {
  const bind = child(iq, 'bind', NS.bind);
  return bind && childText(bind, 'jid');
}

/** The stream feature of RFC 3921, kept for old clients and needed by nobody. */
export function encodeSessionFeature(): Element {
  return el('session', NS.session, {}, el('optional', NS.session));
}

/** True for the request of RFC 3921 section 3 to begin a session: it does nothing. */
export function isSessionRequest(iq: Element): boolean {
  return iq.name === 'iq' && iq.attrs.type === 'set' && child(iq, 'session', NS.session) !== undefined;
}
