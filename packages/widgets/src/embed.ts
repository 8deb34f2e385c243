/**
 * What `<script type="module" src="https://chat.example/embed.js">` loads: looks for our tags in the page, and fetches
 * the code of those that it has. The elements talk to the server that this script came from unless told otherwise.
 */
import { loadOnSight } from './embedded/loader.js';
import { loaderPage } from './embedded/loader-page.js';

// In two steps, since bundlers take `new URL('.', import.meta.url)` for a file to be copied.
const script = new URL(import.meta.url);
const home = new URL('.', script).href.replace(/\/$/, '');

const chunks = new Map([
  ['chat-room', () => import('./embedded/chat-room.js')],
  ['chat-box', () => import('./embedded/chat-box.js')],
  ['presence-badge', () => import('./embedded/presence-badge.js')],
]);
// Rendered on a server, an import of it does nothing.
if (typeof document !== 'undefined') loadOnSight(loaderPage(document), home, chunks);
