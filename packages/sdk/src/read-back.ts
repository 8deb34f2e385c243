/** What reads what the page before left: one file, loaded only where there is something. */
export { readKept } from './owner/read-kept.js';
export { readSnapshot } from './session/read-snapshot.js';
