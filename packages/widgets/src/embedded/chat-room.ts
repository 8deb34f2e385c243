import { ChatRoom } from '../chat-room/chat-room-element.js';
import { define } from '../define.js';

/** Makes `<chat-room>` known. @param home the server of those without `src` */
export function register(home: string): void {
  define(
    'chat-room',
    class extends ChatRoom {
      static override defaultServer(): string {
        return home;
      }
    },
  );
}
