export { type BoxState, ChatBox, ChatBoxStateEvent, ChatUnreadEvent } from './chat-box/chat-box.js';
export {
  ChatDraftEvent,
  ChatMessageEvent,
  ChatRoom,
  ChatSendEvent,
  ChatStatusEvent,
} from './chat-room/chat-room.js';
export type { ElementClass } from './define.js';
export type { Explanation, Explanations, Strings } from './locales/en.js';
export { en } from './locales/en.js';
export { type BoxStrings, enBox } from './locales/en-box.js';
export type {
  PresenceState,
  PresenceStatus,
  PresenceWords,
  StatusSource,
  StatusWatch,
} from './presence-badge/presence-badge.js';
export {
  ContactStatuses,
  PresenceBadge,
  PresenceChangeEvent,
  pagePolls,
} from './presence-badge/presence-badge.js';
export type { Surroundings } from './runtime.js';
export { VERSION } from './version.js';
