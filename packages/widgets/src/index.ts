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
export type { Surroundings } from './runtime.js';
export { VERSION } from './version.js';
