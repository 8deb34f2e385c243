import { fromUtf8 } from '@meerkat-chat/xmpp';

/**
 * What a page may know of its own token (RFC 7519) without being able to check it: `sub`, `name`, `aud`, `iss`, and in
 * seconds `exp`, `iat` and `until`. Whatever it is, it was only said.
 */
export type Claims = Readonly<
  Partial<Record<'aud' | 'exp' | 'iat' | 'iss' | 'name' | 'sub' | 'until', unknown>>
>;

/** Reads a token's claims; none of a token that is opaque. */
export function claimsOf(token: string): Claims {
  try {
    const body = atob(token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '');
    return Object(JSON.parse(fromUtf8(Uint8Array.from(body, (letter) => letter.charCodeAt(0))) ?? ''));
  } catch {
    return {};
  }
}

/** A claim that is text, not empty; undefined for any other. */
export function textOf(claim: unknown): string | undefined {
  return claim && typeof claim === 'string' ? claim : undefined;
}
