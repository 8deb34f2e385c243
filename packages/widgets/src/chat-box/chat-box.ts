import { define } from '../define.js';
import { ChatBox } from './chat-box-element.js';

export { type BoxStrings, enBox } from '../locales/en-box.js';
export type { BoxState } from './box-state.js';
export { ChatBoxStateEvent, ChatUnreadEvent } from './chat-box.events.js';
export { ChatBox };

// Importing this file makes the tag known; `chat-box-element.js` gives the class alone.
define('chat-box', ChatBox);

declare global {
  interface HTMLElementTagNameMap {
    'chat-box': ChatBox;
  }
}
