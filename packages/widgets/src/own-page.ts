/** What the room of the page itself needs: loaded where an element asks for it. */
export { followPage, pageHere } from './follow-page.js';
export { thisPage } from './page-address.js';
export { pageRoom } from './page-room.js';
