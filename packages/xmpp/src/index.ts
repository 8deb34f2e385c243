export { avatarOf, encodeAvatar, MAX_AVATAR_URL, readAvatar } from './avatar-url.js';
export { decodeBase64, encodeBase64, utf8 } from './base64.js';
export {
  decodeBind,
  decodeBoundJid,
  encodeBind,
  encodeBoundJid,
  encodeSessionFeature,
  isSessionRequest,
} from './bind.js';
export type { Bind2Request } from './bind2.js';
export {
  decodeBind2,
  decodeBound2,
  encodeBind2,
  encodeBind2Feature,
  encodeBound2,
} from './bind2.js';
export type { BoshBody, BoshCondition } from './bosh.js';
export { BOSH_CONDITIONS, boshBodyTag, decodeBoshBody, formatBoshBody } from './bosh.js';
export type { CarbonDirection } from './carbons.js';
export { decodeCarbon, encodeCarbon, encodeCarbonsWish, refusesCarbons } from './carbons.js';
export type { ChatState } from './chat-state.js';
export {
  CHAT_STATES,
  chatStateOf,
  encodeChatState,
  encodeMomentary,
  loneChatStateOf,
} from './chat-state.js';
export type { Contact } from './contact.js';
export { decodeContact, encodeContact } from './contact.js';
export type { DataForm, FormField, FormFieldType, FormType } from './data-form.js';
export { decodeDataForm, encodeDataForm, formValue, formValues, parseFormBoolean } from './data-form.js';
export { formatDateTime, parseDateTime } from './date-time.js';
export type { Delay } from './delay.js';
export { decodeDelay, encodeDelay } from './delay.js';
export type { DiscoInfoResult, DiscoItemEntry, DiscoItemsResult } from './disco.js';
export {
  decodeDiscoInfo,
  decodeDiscoItems,
  encodeDiscoInfo,
  encodeDiscoItems,
} from './disco.js';
export type { DiscoFeatures, DiscoIdentity } from './disco-identity.js';
export { decodeDiscoIdentity } from './disco-identity.js';
export type { Clock, Env, Millis, Random } from './env.js';
export { randomId } from './env.js';
export type { FastAttempt, FastToken } from './fast.js';
export {
  decodeFast,
  decodeFastToken,
  decodeRequestToken,
  encodeFast,
  encodeFastFeature,
  encodeFastToken,
  encodeRequestToken,
} from './fast.js';
export type { StreamOpening } from './framing.js';
export { decodeOpen, encodeClose, encodeOpen, isClose, serializeFrame } from './framing.js';
export { fromUtf8 } from './from-utf8.js';
export type { Crowded, ProofWanted } from './guest.js';
export {
  decodeCrowded,
  decodeProofWanted,
  encodeCrowded,
  encodeProofWanted,
  encodeReservedNick,
  isReservedNick,
} from './guest.js';
export { decodeProof, encodeProof } from './guest-proof.js';
export type { BareJid, DomainJid, FullJid, Jid } from './jid.js';
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
  prepareDomain,
  prepareLocal,
  prepareResource,
  resourceOf,
  withResource,
} from './jid.js';
export { escapeLocal, unescapeLocal } from './jid-escape.js';
export type { Link, LinkEnd, Off } from './link.js';
export type { MamFin, MamMetadata, MamQuery, MamResult } from './mam.js';
export {
  decodeMamFin,
  decodeMamMetadata,
  decodeMamQuery,
  decodeMamResult,
  encodeMamFin,
  encodeMamMetadata,
  encodeMamQuery,
  encodeMamResult,
  MAM_FIELDS,
} from './mam.js';
export type { MucAffiliation, MucHistory, MucItem, MucJoin, MucRole, MucUser } from './muc.js';
export {
  decodeMucJoin,
  decodeMucUser,
  encodeMucJoin,
} from './muc.js';
export { decodeMucAdmin, encodeMucAdmin } from './muc-admin.js';
export type { MucRoomInfo } from './muc-room-info.js';
export { decodeMucRoomInfo, encodeMucRoomInfo } from './muc-room-info.js';
export { MUC_STATUS } from './muc-status.js';
export { encodeMucUser } from './muc-write.js';
export { NS } from './ns.js';
export type { OAuthBearer } from './oauth-bearer.js';
export { BEARER_SEPARATOR, formatOAuthBearer, parseOAuthBearer } from './oauth-bearer.js';
export { encodeOccupantId, occupantIdOf } from './occupant-id.js';
export { encodePing } from './ping.js';
export { encodeReceipt, encodeReceiptRequest, receiptOf, wantsReceipt } from './receipts.js';
export type { RegisterRequest } from './register.js';
export {
  decodeRegister,
  encodeChangePassword,
  encodeChangePasswordForm,
  encodeRegister,
  encodeRegistered,
  encodeRegistrationForm,
} from './register.js';
export type { Result } from './result.js';
export { assertNever, failed, ok } from './result.js';
export type { PresencePolicy, RoomOccupants } from './room-occupants.js';
export {
  decodeRoomOccupants,
  encodeRoomOccupants,
  PRESENCE_POLICIES,
  PRESENCE_POLICY_FIELD,
} from './room-occupants.js';
export type { RsmRequest, RsmResult } from './rsm.js';
export { decodeRsmRequest, decodeRsmResult, encodeRsmRequest, encodeRsmResult } from './rsm.js';
export type { SaslAuth, SaslCondition, SaslFailure, SaslProfile, SaslReply } from './sasl.js';
export {
  decodeAuth,
  decodeMechanisms,
  decodeSaslData,
  decodeSaslFailure,
  decodeSaslReply,
  encodeAuth,
  encodeMechanisms,
  encodeSaslAbort,
  encodeSaslData,
  encodeSaslFailure,
  SASL_CONDITIONS,
} from './sasl.js';
export type { Authenticate, Sasl2Feature, Sasl2Success, UserAgent } from './sasl2.js';
export {
  decodeAuthenticate,
  decodeSasl2Success,
  encodeAuthenticate,
  encodeSasl2Feature,
  encodeSasl2Success,
} from './sasl2.js';
export type { ScramClientFinal, ScramClientFirst, ScramServerFirst } from './scram-messages.js';
export {
  decodeSaslName,
  encodeSaslName,
  formatClientFinalWithoutProof,
  formatClientFirst,
  formatServerFinal,
  formatServerFirst,
  parseClientFinal,
  parseClientFirst,
  parseServerFinal,
  parseServerFirst,
  scramAuthMessage,
} from './scram-messages.js';
export { decodeBind2Feature, decodeFastFeature, decodeSasl2Feature } from './sign-in-features.js';
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
export type {
  StanzaError,
  StanzaErrorCondition,
  StanzaErrorType,
  UnknownCondition,
} from './stanza-error.js';
export {
  decodeStanzaError,
  encodeStanzaError,
  isErrorStanza,
  STANZA_ERROR_TYPES,
  stanzaError,
} from './stanza-error.js';
export { encodeOriginId, encodeStanzaId, originIdOf, stanzaIdOf, withoutStanzaIds } from './stanza-id.js';
export type { StreamError, StreamErrorCondition } from './stream-error.js';
export {
  decodeStreamError,
  encodeStreamError,
  isStreamErrorCondition,
  readStreamError,
  STREAM_ERROR_CONDITIONS,
  stanzaTooBig,
  streamError,
} from './stream-error.js';
export type { SmElement } from './stream-management.js';
export {
  counterAdd,
  counterDistance,
  decodeSm,
  encodeSm,
  encodeSmFeature,
  findSm,
  handledCountTooHigh,
} from './stream-management.js';
export { decodeSharedStatus, encodeSharedStatus, encodeShareStatus } from './web-status.js';
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
export { serialize } from './xml/serialize.js';
export { escapeAttr, escapeText, serializePlain } from './xml/serialize-plain.js';
