/**
 * The messages of SCRAM (RFC 5802 section 7), read and written; the cryptography is each end's own.
 * All are strings here: whoever sends them encodes UTF-8 and Base64.
 */

/** Salts and nonces are printable ASCII without a comma (RFC 5802 section 7, `value` and `c-nonce`). */
const NONCE = /^[\x21-\x2b\x2d-\x7e]{1,256}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Escapes a name for the attributes `n` and `a`. */
export function encodeSaslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

/** Reads such a name; undefined for an escape that there is not, or an empty name. */
export function decodeSaslName(text: string): string | undefined {
  if (text === '' || /=(?!2C|3D)/.test(text)) return undefined;
  return text.replaceAll('=2C', ',').replaceAll('=3D', '=');
}

/** The client's first message. */
export interface ScramClientFirst {
  /** `n`: cannot bind to a channel; `y`: could, and thinks that the server cannot; `p=...`: does. */
  readonly binding: string;
  readonly authzid: string | undefined;
  readonly username: string;
  readonly nonce: string;
  /** The header of GS2, which comes back in the final message. */
  readonly gs2Header: string;
  /** The message without that header: the first part of what is signed. */
  readonly bare: string;
}

/** Writes the client's first message. */
export function formatClientFirst(first: {
  readonly username: string;
  readonly nonce: string;
  readonly authzid?: string;
}): ScramClientFirst & { readonly text: string } {
  const authzid = first.authzid === undefined ? '' : `a=${encodeSaslName(first.authzid)}`;
  const gs2Header = `n,${authzid},`;
  const bare = `n=${encodeSaslName(first.username)},r=${first.nonce}`;
  return {
    binding: 'n',
    authzid: first.authzid,
    username: first.username,
    nonce: first.nonce,
    gs2Header,
    bare,
    text: gs2Header + bare,
  };
}

/** Reads the client's first message; undefined when malformed, or when it demands an extension (`m=`). */
export function parseClientFirst(message: string): ScramClientFirst | undefined {
  const parts = /^(n|y|p=[A-Za-z0-9.-]+),(?:a=([^,]*))?,(n=([^,]*),r=([^,]*)(?:,.*)?)$/su.exec(message);
  if (!parts) return undefined;
  const [, binding, rawAuthzid, bare, rawName, nonce] = parts;
  const username = rawName === undefined ? undefined : decodeSaslName(rawName);
  const authzid = rawAuthzid === undefined ? undefined : decodeSaslName(rawAuthzid);
  if (binding === undefined || bare === undefined || nonce === undefined) return undefined;
  if (username === undefined || !NONCE.test(nonce)) return undefined;
  if (rawAuthzid !== undefined && authzid === undefined) return undefined;
  const gs2Header = message.slice(0, message.length - bare.length);
  return { binding, authzid, username, nonce, gs2Header, bare };
}

/** The server's first message. */
export interface ScramServerFirst {
  /** The client's nonce and the server's, together. */
  readonly nonce: string;
  /** In Base64. */
  readonly salt: string;
  readonly iterations: number;
}

/** Writes the server's first message. */
export function formatServerFirst(first: ScramServerFirst): string {
  return `r=${first.nonce},s=${first.salt},i=${first.iterations}`;
}

/** Reads the server's first message; undefined when malformed. Whoever reads it bounds the iterations. */
export function parseServerFirst(message: string): ScramServerFirst | undefined {
  const parts = /^r=([^,]*),s=([^,]*),i=([1-9][0-9]{0,8})(?:,.*)?$/su.exec(message);
  const [, nonce, salt, iterations] = parts ?? [];
  if (nonce === undefined || salt === undefined || !NONCE.test(nonce) || !BASE64.test(salt)) return undefined;
  return { nonce, salt, iterations: Number(iterations) };
}

/** The client's final message. */
export interface ScramClientFinal {
  /** The header of GS2 and what binds to the channel, in Base64. */
  readonly channel: string;
  readonly nonce: string;
  /** In Base64. */
  readonly proof: string;
  /** The message without the proof: the last part of what is signed. */
  readonly withoutProof: string;
}

/** Writes the client's final message without its proof; `,p=` and the proof are to follow. */
export function formatClientFinalWithoutProof(channel: string, nonce: string): string {
  return `c=${channel},r=${nonce}`;
}

/** Reads the client's final message; undefined when malformed. */
export function parseClientFinal(message: string): ScramClientFinal | undefined {
  const parts = /^(c=([^,]*),r=([^,]*)(?:,.*)?),p=([^,]*)$/su.exec(message);
  const [, withoutProof, channel, nonce, proof] = parts ?? [];
  if (withoutProof === undefined || channel === undefined || nonce === undefined || proof === undefined) {
    return undefined;
  }
  if (!BASE64.test(channel) || !BASE64.test(proof) || !NONCE.test(nonce)) return undefined;
  return { channel, nonce, proof, withoutProof };
}

/** What is signed by both ends. */
export function scramAuthMessage(
  clientFirstBare: string,
  serverFirst: string,
  finalWithoutProof: string,
): string {
  return `${clientFirstBare},${serverFirst},${finalWithoutProof}`;
}

/** Writes the server's final message. @param signature in Base64 */
export function formatServerFinal(signature: string): string {
  return `v=${signature}`;
}

/** Reads the server's final message: the signature in Base64; undefined for an error or anything else. */
export function parseServerFinal(message: string): string | undefined {
  const found = /^v=([A-Za-z0-9+/]+={0,2})(?:,.*)?$/su.exec(message);
  return found?.[1];
}
