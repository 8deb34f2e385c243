import {
  type Element,
  el,
  encodePing,
  type FullJid,
  NS,
  type StreamError,
  streamError,
} from '@meerkat-chat/xmpp';

/** True for what stream management counts: message, presence, iq. */
export function isStanza(element: Element): boolean {
  if (element.ns !== NS.client) return false;
  return element.name === 'message' || element.name === 'presence' || element.name === 'iq';
}

/** The error for an element that has no place before a resource is bound. */
export function unexpected(element: Element): StreamError {
  return streamError(isStanza(element) ? 'not-authorized' : 'unsupported-stanza-type');
}

const PROBE_ID = 'meerkat-probe';

/** Asks a client without stream management whether it is there (XEP-0199); any answer says yes. */
export function probeOf(jid: FullJid): Element {
  return el('iq', NS.client, { type: 'get', id: PROBE_ID, to: jid }, encodePing());
}

/** True for the answer to that, whatever it is. */
export function isProbeReply(stanza: Element): boolean {
  const { id, type } = stanza.attrs;
  return id === PROBE_ID && stanza.name === 'iq' && (type === 'result' || type === 'error');
}
