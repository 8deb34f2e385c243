import type { Jid } from './jid.js';
import { NS } from './ns.js';
import { encodeStanzaError, type StanzaError } from './stanza-error.js';
import { type Child, childText, type Element, el, withAttrs } from './xml/element.js';

export type MessageType = 'chat' | 'error' | 'groupchat' | 'headline' | 'normal';
export type PresenceType =
  | 'available'
  | 'error'
  | 'probe'
  | 'subscribe'
  | 'subscribed'
  | 'unavailable'
  | 'unsubscribe'
  | 'unsubscribed';
export type IqType = 'error' | 'get' | 'result' | 'set';

interface Common {
  /** The whole stanza, with `from` and `to` as below. */
  readonly el: Element;
  /** Who sent it: set by the sender's server, never believed from the wire. */
  readonly from: Jid;
  /** Whom it is for; a client's stanza without `to` is for its own account. */
  readonly to: Jid | undefined;
  readonly id: string | undefined;
}

/** RFC 6121 section 5. */
export interface Message extends Common {
  readonly kind: 'message';
  readonly type: MessageType;
}
/** RFC 6121 section 4; no type on the wire is `available` here. */
export interface Presence extends Common {
  readonly kind: 'presence';
  readonly type: PresenceType;
}
/** RFC 6120 section 8.2.3. */
export interface Iq extends Common {
  readonly kind: 'iq';
  readonly type: IqType;
  readonly id: string;
  /** The one child of a get or set; of a result perhaps. */
  readonly payload: Element | undefined;
}
export type Stanza = Message | Presence | Iq;

/** The text of a message. */
export function bodyOf(message: Message): string | undefined {
  return childText(message.el, 'body', NS.client);
}

/** A message element. `type` normal is left out, as RFC 6121 has it for the default. */
export function messageEl(
  attrs: { to?: Jid; from?: Jid; id?: string; type?: MessageType; lang?: string },
  ...content: readonly Child[]
): Element {
  const { lang, type, ...rest } = attrs;
  return el(
    'message',
    NS.client,
    { ...rest, type: type === 'normal' ? undefined : type, 'xml:lang': lang },
    ...content,
  );
}

/** A presence element. `type` available is left out, as it has no name on the wire. */
export function presenceEl(
  attrs: { to?: Jid; from?: Jid; id?: string; type?: PresenceType | undefined },
  ...content: readonly Child[]
): Element {
  return el(
    'presence',
    NS.client,
    { ...attrs, type: attrs.type === 'available' ? undefined : attrs.type },
    ...content,
  );
}

/** An iq element of type get or set. */
export function requestEl(
  attrs: { to?: Jid; from?: Jid; id: string; type: 'get' | 'set' },
  payload: Element,
): Element {
  return el('iq', NS.client, attrs, payload);
}

/** The result of a request, addressed back to its sender. */
export function resultOf(request: Iq, ...payload: readonly Child[]): Element {
  return el(
    'iq',
    NS.client,
    { type: 'result', id: request.id, from: request.to, to: request.from },
    ...payload,
  );
}

/** The error reply to a stanza, addressed back to its sender and carrying its id (RFC 6120 section 8.3.1). */
export function errorOf(stanza: Stanza, error: StanzaError): Element {
  return el(
    stanza.kind,
    NS.client,
    { type: 'error', id: stanza.id, from: stanza.to, to: stanza.from },
    encodeStanzaError(error),
  );
}

/** A copy of a stanza's element for another recipient. */
export function withTo(stanza: Element, to: Jid): Element {
  return withAttrs(stanza, { to });
}

/** A copy of a stanza's element from another sender. */
export function withFrom(stanza: Element, from: Jid): Element {
  return withAttrs(stanza, { from });
}

const MESSAGE_TYPES: readonly string[] = ['chat', 'error', 'groupchat', 'headline', 'normal'];
const PRESENCE_TYPES: readonly string[] = [
  'error',
  'probe',
  'subscribe',
  'subscribed',
  'unavailable',
  'unsubscribe',
  'unsubscribed',
];
const IQ_TYPES: readonly string[] = ['error', 'get', 'result', 'set'];

/** An unknown or missing type of a message is normal (RFC 6121 section 5.2.2). */
export function messageType(element: Element): MessageType {
  const type = element.attrs.type ?? 'normal';
  return MESSAGE_TYPES.includes(type) ? (type as MessageType) : 'normal';
}

/** The type of a presence; undefined when the wire has one that RFC 6121 section 4.7.1 does not know. */
export function presenceType(element: Element): PresenceType | undefined {
  const type = element.attrs.type;
  if (type === undefined) return 'available';
  return PRESENCE_TYPES.includes(type) ? (type as PresenceType) : undefined;
}

/** The type of an iq; undefined when missing or unknown. */
export function iqType(element: Element): IqType | undefined {
  const type = element.attrs.type;
  return type !== undefined && IQ_TYPES.includes(type) ? (type as IqType) : undefined;
}

/** Reads an element of the client namespace as a stanza with addresses that have been parsed already.
 * @returns the stanza, or the reason for a `bad-request` in plain words. */
export function readStanza(element: Element, from: Jid, to: Jid | undefined): Stanza | string {
  const id = element.attrs.id;
  const common = { el: withAttrs(element, { from, to }), from, to, id };
  switch (element.name) {
    case 'message':
      return { kind: 'message', type: messageType(element), ...common };
    case 'presence': {
      const type = presenceType(element);
      return type === undefined ? 'unknown presence type' : { kind: 'presence', type, ...common };
    }
    case 'iq': {
      const type = iqType(element);
      if (type === undefined) return 'unknown iq type';
      if (id === undefined) return 'an iq needs an id';
      const payloads = element.children.filter((node): node is Element => typeof node === 'object');
      if ((type === 'get' || type === 'set') && payloads.length !== 1) {
        return 'a request has exactly one child';
      }
      return { kind: 'iq', type, ...common, id, payload: payloads[0] };
    }
    default:
      return `<${element.name}/> is not a stanza`;
  }
}
