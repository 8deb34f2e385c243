/** What a session over BOSH needs: the link, and what looks for a better one. */
export { BoshLink } from '../link/bosh.js';
export { keepProbing } from './mover.js';
