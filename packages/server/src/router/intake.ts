import {
  type Element,
  el,
  encodeStanzaError,
  type Jid,
  parseJid,
  readStanza,
  type Stanza,
  type StanzaError,
  stanzaError,
} from '@meerkat-chat/xmpp';
import type { Session } from '../kernel/session.js';
import { MALFORMED } from './default-errors.js';

/** What a session sent, once its addresses are read. */
export type Intake =
  | { readonly kind: 'stanza'; readonly stanza: Stanza }
  /** Not a stanza that can be routed; the error for its sender, where one may be sent. */
  | { readonly kind: 'refused'; readonly reply: Element | undefined }
  /** It claims to come from somebody else: `invalid-from` (RFC 6120 section 8.1.2.1). */
  | { readonly kind: 'forged' };

/** Reads an element that a session sent as a stanza with `from` stamped and `to` parsed. */
export function readSent(session: Session, element: Element): Intake {
  if (!isOwn(session, element.attrs.from)) return { kind: 'forged' };
  let to: Jid | undefined;
  if (element.attrs.to !== undefined) {
    to = parseJid(element.attrs.to);
    if (to === undefined) return { kind: 'refused', reply: refusal(session, element, MALFORMED) };
  }
  const stanza = readStanza(element, session.jid, to);
  if (typeof stanza !== 'string') return { kind: 'stanza', stanza };
  return { kind: 'refused', reply: refusal(session, element, stanzaError('bad-request', stanza)) };
}

/** Clients that resend after a reconnect may give their bare or full address, so both are accepted beside none. */
function isOwn(session: Session, from: string | undefined): boolean {
  if (from === undefined || from === session.jid || from === session.account) return true;
  const parsed = parseJid(from);
  return parsed === session.jid || parsed === session.account;
}

/** An error for what could not be read as a stanza, so that its `to` cannot stand as the answer's `from`. */
function refusal(session: Session, element: Element, error: StanzaError): Element | undefined {
  if (element.attrs.type === 'error' || element.attrs.type === 'result') return undefined;
  return el(
    element.name,
    element.ns,
    { type: 'error', id: element.attrs.id, from: session.account, to: session.jid },
    encodeStanzaError(error),
  );
}
