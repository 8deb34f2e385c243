/**
 * What takes over where the straight way to a server of ours fails: one file, since whoever needs a part of it soon needs
 * the rest.
 */
export { goAround } from './go-around.js';
export { namedEndpoints } from './named-endpoints.js';
export { Stepwise } from './stepwise.js';
