/**
 * HMAC-SHA-256 (RFC 2104) by WebCrypto. On insecure origins there is none: a library does it there, loaded only then.
 * A token of FAST is as safe on such an origin as the page itself.
 */
export async function hmacSha256(
  subtle: SubtleCrypto | undefined,
  key: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  if (!subtle) {
    const { hmacByLibrary } = await import('./hmac-library.js');
    return hmacByLibrary(key, data);
  }
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, data));
}
