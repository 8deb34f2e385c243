import type { StanzaError } from '@meerkat-chat/xmpp';
import { RequestError } from '../session/xmpp-session.js';

/** The stanza error in what a request rejected with; anything else is a bug and goes on its way. */
export function errorIn(cause: unknown): StanzaError {
  if (cause instanceof RequestError) return cause.error;
  throw cause;
}
