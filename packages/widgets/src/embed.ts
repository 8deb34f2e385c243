/**
 * What `<script type="module" src="https://chat.example/embed.js">` loads: registers the elements, which then talk to
 * the server that this script came from unless told otherwise.
 */
import { ChatRoom } from './chat-room/chat-room-element.js';
import { define } from './define.js';

// In two steps, since bundlers take `new URL('.', import.meta.url)` for a file to be copied.
const script = new URL(import.meta.url);
const home = new URL('.', script).href.replace(/\/$/, '');

define(
  'chat-room',
  class extends ChatRoom {
    static override defaultServer(): string {
      return home;
    }
  },
);
