import { utf8 } from '@meerkat-chat/xmpp';
import { HT_SHA_256_NONE } from '../offer.js';
import { hmacSha256 } from './hmac.js';
import { type Mechanism, noChallenge, sameBytes } from './mechanism.js';

/**
 * HT-SHA-256-NONE (draft-schmaus-kitten-sasl-ht), the mechanism of FAST (XEP-0484): one message, and a proof of the
 * server's in return.
 * @param count how often the token has been used, this time included
 * @param subtle undefined on insecure origins: the hash is then loaded
 */
export function hashedToken(
  username: string,
  token: string,
  count: number,
  subtle: SubtleCrypto | undefined,
): Mechanism {
  const hashed = (text: string): Promise<Uint8Array> => hmacSha256(subtle, utf8(token), utf8(text));
  return {
    name: HT_SHA_256_NONE,
    fastCount: count,
    first: async () => {
      const name = utf8(username);
      const proof = await hashed('Initiator');
      const out = new Uint8Array(name.length + 1 + proof.length);
      out.set(name);
      out.set(proof, name.length + 1);
      return out;
    },
    next: noChallenge,
    verify: async (additional) => {
      if (!additional || !sameBytes(additional, await hashed('Responder'))) {
        throw new Error('the server did not prove that it knows the token');
      }
    },
  };
}
