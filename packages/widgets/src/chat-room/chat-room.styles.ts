import { bodyStyles } from './body.styles.js';
import { composerStyles } from './composer.styles.js';
import { frameStyles } from './frame.styles.js';
import { headerStyles } from './header.styles.js';
import { messageListStyles } from './message-list.styles.js';

/** What is needed at once. The panel of people, refusals and the list of names bring their own when they are loaded. */
export const chatRoomStyles = [frameStyles, headerStyles, bodyStyles, messageListStyles, composerStyles];
