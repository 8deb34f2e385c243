import {
  decodeBase64,
  encodeBase64,
  formatClientFinalWithoutProof,
  formatClientFirst,
  fromUtf8,
  parseServerFinal,
  parseServerFirst,
  type Random,
  scramAuthMessage,
  utf8,
} from '@meerkat-chat/xmpp';
import type { ChatAuth } from '../../chat.js';
import type { Platform } from '../../platform.js';
import { type Mechanism, noChallenge, sameBytes } from './mechanism.js';

/** Mechanisms that need the password itself. Loaded only when a password is used. */

/** Fewer rounds would make a stolen exchange cheap to break (RFC 7677 section 4). */
export const MIN_ITERATIONS = 4096;
/** More would hang the page; no server asks for so many. */
export const MAX_ITERATIONS = 10_000_000;

type Bytes = Uint8Array<ArrayBuffer>;
type Hash = 'SHA-1' | 'SHA-256';

/** A page that anybody on the way may have changed is no place for a password. @param secure as for `byPassword` */
export async function mechanismsOf(
  auth: ChatAuth,
  { env, subtle }: Pick<Platform, 'env' | 'subtle'>,
  _: unknown,
  secure: boolean,
): Promise<readonly Mechanism[]> {
  if (auth.kind !== 'password' || !subtle) return [];
  return byPassword(auth.username, auth.password, env.random, subtle, secure);
}

/** Every mechanism that a password is good for, best first. @param secure whether nobody can read along */
export function byPassword(
  username: string,
  password: string,
  random: Random,
  subtle: SubtleCrypto,
  secure: boolean,
): readonly Mechanism[] {
  return [
    scram('SHA-256', username, password, random, subtle),
    scram('SHA-1', username, password, random, subtle),
    ...(secure ? [plain(username, password)] : []),
  ];
}

/** PLAIN (RFC 4616). Only for links that nobody can read. */
export function plain(username: string, password: string): Mechanism {
  return {
    name: 'PLAIN',
    first: async () => utf8(`\0${username}\0${preparePassword(password)}`),
    next: noChallenge,
    verify: async () => {},
  };
}

/** SCRAM without channel binding (RFC 5802, RFC 7677); browsers give no channel to bind to. */
export function scram(
  hash: Hash,
  username: string,
  password: string,
  random: Random,
  subtle: SubtleCrypto,
): Mechanism {
  const client = formatClientFirst({ username, nonce: encodeBase64(random.bytes(18)) });
  let expected: Bytes | undefined;

  const hmac = async (key: Bytes, data: Bytes): Promise<Bytes> => {
    const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign']);
    return new Uint8Array(await subtle.sign('HMAC', imported, data));
  };
  const salted = async (salt: Bytes, iterations: number): Promise<Bytes> => {
    const secret = utf8(preparePassword(password));
    const key = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
    const bits = hash === 'SHA-1' ? 160 : 256;
    return new Uint8Array(await subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations }, key, bits));
  };

  return {
    name: `SCRAM-${hash}`,
    first: async () => utf8(client.text),
    next: async (challenge) => {
      const message = fromUtf8(challenge);
      const server = message === undefined ? undefined : parseServerFirst(message);
      const salt = server && decodeBase64(server.salt);
      if (expected || message === undefined || !server || !salt) {
        throw new Error('malformed challenge');
      }
      if (!server.nonce.startsWith(client.nonce) || server.nonce === client.nonce) {
        throw new Error('the nonce is not ours');
      }
      if (server.iterations < MIN_ITERATIONS || server.iterations > MAX_ITERATIONS) {
        throw new Error('unacceptable number of iterations');
      }
      const secret = await salted(salt, server.iterations);
      const clientKey = await hmac(secret, utf8('Client Key'));
      const storedKey = new Uint8Array(await subtle.digest(hash, clientKey));
      const withoutProof = formatClientFinalWithoutProof(encodeBase64(utf8(client.gs2Header)), server.nonce);
      const signed = utf8(scramAuthMessage(client.bare, message, withoutProof));
      const signature = await hmac(storedKey, signed);
      expected = await hmac(await hmac(secret, utf8('Server Key')), signed);
      const proof = clientKey.map((byte, at) => byte ^ (signature[at] ?? 0));
      return utf8(`${withoutProof},p=${encodeBase64(proof)}`);
    },
    verify: async (additional) => {
      const message = additional && fromUtf8(additional);
      const signature = message === undefined ? undefined : decodeBase64(parseServerFinal(message) ?? '');
      if (!expected || !signature || !sameBytes(signature, expected)) {
        throw new Error('the server did not prove that it knows the password');
      }
    },
  };
}

/** The part of SASLprep (RFC 4013) that changes anything for passwords that people type: spaces and compatibility forms. */
function preparePassword(password: string): string {
  return password.replace(/[\p{Zs}]/gu, ' ').normalize('NFKC');
}
