import { preparePassword } from './scram-keys.js';

// RFC 8264 section 9: controls, private use, unassigned, line ends, what nobody can see, and old Hangul that does not compose.
const DISALLOWED =
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u;
const OTHER_SPACES = /\p{Zs}/gu;

/** What the profile OpaqueString makes of a password (RFC 8265 section 4.2); undefined for one that it does not allow. */
export function opaqueString(password: string): string | undefined {
  const mapped = password.replace(OTHER_SPACES, ' ').normalize('NFC');
  return mapped === '' || DISALLOWED.test(mapped) ? undefined : mapped;
}

/**
 * True for a password that programs of today and those of RFC 5802 (SASLprep) hash in the same way. Others would let their
 * owner in with one program and not with the next.
 */
export function isReadAlike(opaque: string): boolean {
  return preparePassword(opaque) === opaque;
}
