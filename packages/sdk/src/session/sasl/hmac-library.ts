import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** HMAC-SHA-256 where there is no WebCrypto. */
export function hmacByLibrary(key: Uint8Array, data: Uint8Array): Uint8Array {
  return hmac(sha256, key, data);
}
