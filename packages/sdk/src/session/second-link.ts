/**
 * What needs a second link beside the one in use, or after it: moving a session, and giving a token up. One file, since
 * each is small and few pages need any.
 */
export { giveUpToken } from './give-up-token.js';
export { moveInTime } from './move-in-time.js';
