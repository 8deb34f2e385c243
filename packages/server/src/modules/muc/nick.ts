import { type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import { skeleton } from '../../kernel/skeleton.js';

// What turns the direction of the text around it.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Why a nick cannot be had by anybody; undefined when it can. @param nick prepared as a resource */
export function nickProblem(nick: string, maxBytes: number): StanzaError | undefined {
  if (Buffer.byteLength(nick) > maxBytes) return stanzaError('not-acceptable', 'The nick is too long.');
  if (DIRECTION.test(nick)) {
    return stanzaError('not-acceptable', 'The nick has characters that turn the direction of text.');
  }
  return skeleton(nick) === '' ? stanzaError('not-acceptable', 'The nick cannot be seen.') : undefined;
}
