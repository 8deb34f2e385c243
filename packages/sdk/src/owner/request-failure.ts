import type { StanzaError } from '@meerkat-chat/xmpp';
import { RequestError } from '../session/xmpp-session.js';

/** The stanza error in what a request rejected with; anything else is a bug and goes on its way. */
export function errorIn(cause: unknown): StanzaError {
  if (cause instanceof RequestError) return cause.error;
  throw cause;
}

/** True for the answers of a room whose archive we cannot read, now or later. */
export function isNoArchive({ condition }: StanzaError): boolean {
  return (
    condition === 'feature-not-implemented' ||
    condition === 'service-unavailable' ||
    condition === 'forbidden' ||
    condition === 'not-allowed'
  );
}
