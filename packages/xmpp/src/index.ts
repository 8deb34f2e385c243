export type { Clock, Env, Millis, Random } from './env.js';
export { randomId } from './env.js';
export type { BareJid, DomainJid, FullJid, Jid, JidParts } from './jid.js';
export {
  accountOf,
  bareJid,
  bareOf,
  domainOf,
  isBare,
  isDomain,
  isFull,
  localOf,
  MAX_JID_PART_BYTES,
  parseBareJid,
  parseDomainJid,
  parseFullJid,
  parseJid,
  parseJidParts,
  prepareDomain,
  prepareLocal,
  prepareResource,
  resourceOf,
  withResource,
} from './jid.js';
export type { Link, LinkEnd, Off } from './link.js';
export { NS } from './ns.js';
export type { Result } from './result.js';
export { assertNever, failed, ok } from './result.js';
export type { Iq, IqType, Message, MessageType, Presence, PresenceType, Stanza } from './stanza.js';
export {
  bodyOf,
  errorOf,
  iqType,
  messageEl,
  messageType,
  presenceEl,
  presenceType,
  readStanza,
  requestEl,
  resultOf,
  withFrom,
  withTo,
} from './stanza.js';
export type { StanzaError, StanzaErrorCondition, StanzaErrorType } from './stanza-error.js';
export {
  decodeStanzaError,
  encodeStanzaError,
  isErrorStanza,
  STANZA_ERROR_TYPES,
  stanzaError,
} from './stanza-error.js';
export type { Attrs, AttrsInit, Child, Element, Node } from './xml/element.js';
export {
  child,
  children,
  childText,
  el,
  elements,
  is,
  text,
  withAttrs,
  withChildren,
} from './xml/element.js';
export { escapeAttr, escapeText, serialize } from './xml/serialize.js';
