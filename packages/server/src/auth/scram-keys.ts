import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '@meerkat-chat/xmpp';
import type { UserKeys } from '../storage/storage.js';
import type { ScramHash, ScramKeys } from './provider.js';

/** Fewer iterations than this are not made (RFC 7677 section 4 asks for 4096; that was 2015). */
export const MIN_ITERATIONS = 10_000;

/** The longest password that is looked at, in bytes of UTF-8 after preparation. */
export const MAX_PASSWORD_BYTES = 1024;

const SALT_BYTES = 16;
const DIGESTS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256' } as const;
const LENGTHS = { 'SHA-1': 20, 'SHA-256': 32 } as const;

// On the thread pool, so that no other user waits for it.
const derive = promisify(pbkdf2);

// SASLprep (RFC 4013): other spaces become a space, invisible characters go, then NFKC; controls are prohibited.
const OTHER_SPACES = /\p{Zs}/gu;
const MAPPED_TO_NOTHING =
  /\u034f|[\ufe00-\ufe0f]|[\u180b-\u180d]|[\u200b-\u200d]|\u00ad|\u1806|\u2060|\ufeff/gu;
const PROHIBITED = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Prepares a password as SCRAM clients do (RFC 5802 section 2.2); undefined for one that nobody may have. */
export function preparePassword(password: string): string | undefined {
  if (password.length > MAX_PASSWORD_BYTES) return undefined;
  const prepared = password.replace(OTHER_SPACES, ' ').replace(MAPPED_TO_NOTHING, '').normalize('NFKC');
  if (prepared === '' || PROHIBITED.test(prepared)) return undefined;
  return Buffer.byteLength(prepared) <= MAX_PASSWORD_BYTES ? prepared : undefined;
}

/** Derives what is kept of a prepared password (RFC 5802 section 3). */
export async function deriveScramKeys(
  hash: ScramHash,
  prepared: string,
  salt: Buffer,
  iterations: number,
): Promise<ScramKeys> {
  const digest = DIGESTS[hash];
  const salted = await derive(prepared, salt, iterations, LENGTHS[hash], digest);
  const clientKey = createHmac(digest, salted).update('Client Key').digest();
  return {
    salt,
    iterations,
    storedKey: createHash(digest).update(clientKey).digest(),
    serverKey: createHmac(digest, salted).update('Server Key').digest(),
  };
}

/** Makes the keys of an account for both hashes, each with a salt of its own. */
export async function makeUserKeys(prepared: string, iterations: number, random: Random): Promise<UserKeys> {
  const [sha1, sha256] = await Promise.all([
    deriveScramKeys('SHA-1', prepared, Buffer.from(random.bytes(SALT_BYTES)), iterations),
    deriveScramKeys('SHA-256', prepared, Buffer.from(random.bytes(SALT_BYTES)), iterations),
  ]);
  return { 'SHA-1': sha1, 'SHA-256': sha256 };
}

/** True when the password is the one that the keys were made of. Takes as long when it is not. */
export async function passwordFits(hash: ScramHash, prepared: string, keys: ScramKeys): Promise<boolean> {
  const { storedKey } = await deriveScramKeys(hash, prepared, keys.salt, keys.iterations);
  return storedKey.length === keys.storedKey.length && timingSafeEqual(storedKey, keys.storedKey);
}

/**
 * Keys for an account that is not there: stable, so that asking twice tells nothing, and fitting no password.
 * @param secret a key of the server's own
 */
export function madeUpKeys(hash: ScramHash, local: string, iterations: number, secret: Buffer): ScramKeys {
  const of = (what: string): Buffer =>
    createHmac('sha256', secret).update(`${what}\0${hash}\0${local}`).digest();
  return {
    salt: of('salt').subarray(0, SALT_BYTES),
    iterations,
    storedKey: of('stored').subarray(0, LENGTHS[hash]),
    serverKey: of('server').subarray(0, LENGTHS[hash]),
  };
}
