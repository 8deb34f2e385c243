import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  decodeBase64,
  encodeBase64,
  formatServerFinal,
  formatServerFirst,
  fromUtf8,
  parseClientFinal,
  parseClientFirst,
  prepareLocal,
  randomId,
  type ScramClientFirst,
  scramAuthMessage,
} from '@meerkat-chat/xmpp';
import type { Identity, ScramHash, ScramKeys } from '../../auth/provider.js';
import type { SaslContext, SaslExchange, SaslStep } from './mechanism.js';
import { saslFailed } from './steps.js';

const ALGORITHMS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256' } as const;

interface Challenged {
  readonly first: ScramClientFirst;
  readonly local: string;
  readonly nonce: string;
  readonly serverFirst: string;
  readonly keys: ScramKeys;
  readonly identity: Identity | undefined;
}

/**
 * SCRAM without channel binding (RFC 5802, RFC 7677). A client may say that it could bind (`y`), since no -PLUS is
 * offered; one that does bind is refused. Unknown users go through the same steps and fail at the same place.
 */
export function scram(hash: ScramHash, context: SaslContext): SaslExchange {
  let challenged: Challenged | undefined;

  async function challenge(text: string): Promise<SaslStep> {
    const first = parseClientFirst(text);
    if (!first || first.binding.startsWith('p')) return saslFailed('malformed-request');
    // A name that no account can have is as unknown as any: the authenticator makes up its keys.
    const local = prepareLocal(first.username) ?? first.username;
    const { identity, keys } = await context.auth.scramKeys(local, hash, context.peer);
    const nonce = first.nonce + randomId(context.random);
    const { iterations } = keys;
    const serverFirst = formatServerFirst({ nonce, salt: encodeBase64(keys.salt), iterations });
    challenged = { first, local, nonce, serverFirst, keys, identity };
    return { step: 'challenge', data: Buffer.from(serverFirst) };
  }

  function judge(text: string, state: Challenged): SaslStep {
    const { first, identity, keys, local, serverFirst } = state;
    const final = parseClientFinal(text);
    if (!final) return saslFailed('malformed-request', local);
    if (final.nonce !== state.nonce || final.channel !== encodeBase64(Buffer.from(first.gs2Header))) {
      return saslFailed('malformed-request', local);
    }
    const signed = scramAuthMessage(first.bare, serverFirst, final.withoutProof);
    const proof = decodeBase64(final.proof);
    const right = proof !== undefined && proves(hash, keys, signed, proof);
    if (!right || !identity) return saslFailed('not-authorized', local);
    const signature = createHmac(ALGORITHMS[hash], keys.serverKey).update(signed).digest();
    return {
      step: 'success',
      identity,
      additional: Buffer.from(formatServerFinal(encodeBase64(signature))),
      ...(first.authzid === undefined ? {} : { authzid: first.authzid }),
    };
  }

  return {
    next(message) {
      if (message === undefined) return { step: 'challenge', data: Buffer.alloc(0) };
      const text = fromUtf8(message);
      if (text === undefined) return saslFailed('malformed-request');
      return challenged ? judge(text, challenged) : challenge(text);
    },
  };
}

/** Whether the proof was made with the client's key: its hash must be the one that is stored (RFC 5802 section 3). */
function proves(hash: ScramHash, keys: ScramKeys, signed: string, proof: Uint8Array): boolean {
  const signature = createHmac(ALGORITHMS[hash], keys.storedKey).update(signed).digest();
  if (proof.length !== signature.length) return false;
  const clientKey = signature.map((byte, at) => byte ^ (proof[at] ?? 0));
  const stored = createHash(ALGORITHMS[hash]).update(clientKey).digest();
  return stored.length === keys.storedKey.length && timingSafeEqual(stored, keys.storedKey);
}
