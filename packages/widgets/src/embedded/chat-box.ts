import { ChatBox } from '../chat-box/chat-box-element.js';
import { define } from '../define.js';

/** Makes `<chat-box>` known. @param home the server of those without `src` */
export function register(home: string): void {
  define(
    'chat-box',
    class extends ChatBox {
      static override defaultServer(): string {
        return home;
      }

      static override async loadRoom(): Promise<void> {
        // The page may have `<chat-room>` tags of its own, which then talk to the same server.
        (await import('./chat-room.js')).register(home);
      }
    },
  );
}
