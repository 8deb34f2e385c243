import { define } from '../define.js';
import { PresenceBadge, pagePolls } from './presence-badge-element.js';

export type { PresenceWords } from './badge-view.js';
export { ContactStatuses } from './contact-statuses.js';
export { PresenceChangeEvent } from './presence-badge.events.js';
export type { PresenceState, PresenceStatus } from './status.js';
export type { StatusSource, StatusWatch } from './status-polls.js';
export { PresenceBadge, pagePolls };

// Importing this file makes the tag known; `presence-badge-element.js` gives the class alone.
define('presence-badge', PresenceBadge);

declare global {
  interface HTMLElementTagNameMap {
    'presence-badge': PresenceBadge;
  }
}
