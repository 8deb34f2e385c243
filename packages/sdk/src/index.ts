export type {
  Affiliation,
  Chat,
  ChatAuth,
  ChatEvents,
  ChatStatus,
  Conversation,
  Delivery,
  DirectMessage,
  Me,
  Occupant,
  RefusalReason,
  Role,
  Room,
  RoomMessage,
  RoomNotice,
  RoomRefusal,
  RoomStatus,
  Talk,
} from './chat.js';
export type { ChatOptions } from './chat-options.js';
export { type Claims, claimsOf } from './claims.js';
export { createChat } from './create-chat.js';
export { SignInError } from './owner/sign-in-error.js';
export type { Readable } from './readable.js';
export { type RegisterOptions, register } from './register.js';
export { RequestError } from './session/xmpp-session.js';
