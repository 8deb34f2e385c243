import { define } from '../define.js';
import { ChatRoom } from './chat-room-element.js';

export { en, type Strings } from '../locales/en.js';
export { ChatDraftEvent, ChatMessageEvent, ChatSendEvent, ChatStatusEvent } from './chat-room.events.js';
export { ChatRoom };

// Importing this file makes the tag known; `chat-room-element.js` gives the class alone.
define('chat-room', ChatRoom);

declare global {
  interface HTMLElementTagNameMap {
    'chat-room': ChatRoom;
  }
}
