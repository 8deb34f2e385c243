import { define } from '../define.js';
import { PresenceBadge } from '../presence-badge/presence-badge-element.js';

/** Makes `<presence-badge>` known. @param home the server of those without `src` */
export function register(home: string): void {
  define(
    'presence-badge',
    class extends PresenceBadge {
      static override defaultServer(): string {
        return home;
      }
    },
  );
}
