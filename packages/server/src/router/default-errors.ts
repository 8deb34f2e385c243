import {
  assertNever,
  type Element,
  errorOf,
  type Stanza,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';

/**
 * What the sender of a stanza learns that nobody took (RFC 6121 section 8): undefined where the stanza is to be
 * dropped in silence. Every default of the router stands in this file.
 */
export function untaken(stanza: Stanza): StanzaError | undefined {
  switch (stanza.kind) {
    case 'message':
      // Section 8.5.2.2.1: a headline is of no use later, so nobody is told that it came too early.
      return stanza.type === 'headline' ? undefined : stanzaError('service-unavailable');
    case 'presence':
      return undefined;
    case 'iq':
      return stanzaError('service-unavailable');
    default:
      return assertNever(stanza);
  }
}

/** Another server would have to take it, and there is no way to one. */
export const REMOTE = stanzaError('remote-server-not-found');
/** A handler of ours threw. */
export const BROKEN = stanzaError('internal-server-error');
/** An address that cannot be one. */
export const MALFORMED = stanzaError('jid-malformed');
/** The receiver has more waiting than is kept for it. */
export const CROWDED = stanzaError('resource-constraint');

/**
 * The error that goes back to the sender of a stanza; undefined where none may: errors and results are never
 * answered (RFC 6120 sections 8.2.3 and 8.3.1), nor is a presence that asks for nothing.
 */
export function errorReply(stanza: Stanza, error: StanzaError): Element | undefined {
  switch (stanza.kind) {
    case 'message':
      return stanza.type === 'error' ? undefined : errorOf(stanza, error);
    case 'presence':
      return stanza.type === 'available' || stanza.type === 'subscribe' ? errorOf(stanza, error) : undefined;
    case 'iq':
      return stanza.type === 'get' || stanza.type === 'set' ? errorOf(stanza, error) : undefined;
    default:
      return assertNever(stanza);
  }
}
