import { type BareJid, localOf } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { isReadAlike, opaqueString } from './opaque-string.js';

/** Settings of passwords of this server's own, below `auth.internal.password`. They hold for new passwords. */
export const passwordSettings = z.object({
  /** The least number of characters of a new password. */
  minLength: z.int().min(1).max(64).default(8),
  /** The greatest number of characters of a new password. */
  maxLength: z.int().min(64).max(256).default(128),
  /** Whether passwords are refused that are tried first by whoever guesses. */
  refuseCommon: z.boolean().default(true),
  /** Whether who changes their own password has to give the present one, so that a page left open is not enough. */
  askPresent: z.boolean().default(true),
});

/** Settings of passwords, complete. */
export type PasswordSettings = Readonly<z.output<typeof passwordSettings>>;

/** A new password that may be had, prepared as it is hashed; or one sentence that says why not. */
export type JudgedPassword =
  | { readonly fine: true; readonly prepared: string }
  | { readonly fine: false; readonly problem: string };

/** The common ones in one look-up, made once per process and never changed. */
const COMMON: ReadonlySet<string> = new Set(COMMON_PASSWORDS);

/** Judges a new password of an account: RFC 8265 (OpaqueString), its length, and whether it is easily guessed. */
export function judgePassword(
  account: BareJid,
  password: string,
  settings: PasswordSettings,
): JudgedPassword {
  const refused = (problem: string): JudgedPassword => ({ fine: false, problem });
  const { maxLength, minLength, refuseCommon } = settings;
  // Before anything is done with it: a code point has at most two units.
  if (password.length > 2 * maxLength) return refused(`a password has at most ${maxLength} characters`);
  if (password === '') return refused(`a password has at least ${minLength} characters`);
  const prepared = opaqueString(password);
  if (prepared === undefined) {
    return refused('a password has no control characters, and none that cannot be seen');
  }
  const length = [...prepared].length;
  if (length < minLength) return refused(`a password has at least ${minLength} characters`);
  if (length > maxLength) return refused(`a password has at most ${maxLength} characters`);
  if (!isReadAlike(prepared)) {
    return refused('this password has a character that not all programs read alike; choose another');
  }
  const folded = prepared.toLowerCase();
  if (folded === localOf(account) || folded === account) {
    return refused('a password is not the name of its account');
  }
  if (refuseCommon && COMMON.has(folded)) {
    return refused('this password is one of those that are tried first; choose another');
  }
  return { fine: true, prepared };
}
