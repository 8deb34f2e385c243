export { SharedStanza } from '../kernel/shared-stanza.js';
