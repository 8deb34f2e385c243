import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { compareSync } from 'bcryptjs';
import { sameText } from '../../kernel/same-text.js';

/** Which releases of WordPress are asked about: 6.8 took other hashes in, and put phpBB's out. */
export type WordpressRelease = '6.8' | 'before 6.8';

/** The longest password that WordPress looks at, in bytes. */
export const MAX_PASSWORD_BYTES = 4096;
/** What an argon2 hash may ask for: KiB of memory, passes, lanes. */
const MAX_ARGON2 = { m: 262_144, t: 16, p: 8 } as const;

/**
 * Whether a password that somebody typed is the one of a stored hash, as WordPress finds it at its form: trimmed, and
 * with slashes that it never takes off. Accounts made by other code may lack these, so it is tried without, too. Takes
 * up to some hundred milliseconds: not for the thread that serves.
 */
export function passwordFits(typed: string, stored: string, release: WordpressRelease): boolean {
  const slashed = addSlashes(typed);
  if (hashFits(trim(slashed), stored, release)) return true;
  return slashed !== typed && hashFits(trim(typed), stored, release);
}

/** Whether an application password (5.6 and later) is the one of a stored hash. It is shown in groups of four. */
export function applicationPasswordFits(typed: string, stored: string, release: WordpressRelease): boolean {
  const letters = typed.replace(/[^A-Za-z0-9]/g, '');
  if (letters === '' || typed.length > MAX_PASSWORD_BYTES) return false;
  if (!stored.startsWith('$generic$')) return hashFits(letters, stored, release);
  const key = Buffer.from('wp_fast_hash_6.8+');
  const hashed = blake2b(Buffer.from(letters), { key, dkLen: 30 });
  return sameText(Buffer.from(hashed).toString('base64url'), stored.slice('$generic$'.length));
}

/** Whether a password as WordPress hashes it is the one of a stored hash, by the kind of that. */
export function hashFits(password: string, stored: string, release: WordpressRelease): boolean {
  const bytes = Buffer.from(password);
  if (bytes.length === 0 || bytes.length > MAX_PASSWORD_BYTES) return false;
  if (stored.length <= 32) return sameText(md5(bytes).toString('hex'), stored);
  if (stored.startsWith('$P$')) return sameText(phpass(bytes, stored), stored);
  if (stored.startsWith('$H$')) return release === 'before 6.8' && sameText(phpass(bytes, stored), stored);
  if (/^\$2[aby]\$/.test(stored)) return bcryptFits(password, stored);
  if (release === 'before 6.8') return false;
  if (stored.startsWith('$wp$2y$')) {
    const hashed = createHmac('sha384', 'wp-sha384').update(bytes).digest('base64');
    return bcryptFits(hashed, stored.slice('$wp'.length));
  }
  return argon2Fits(bytes, stored);
}

/** PHP's `$2y$` is what others call `$2b$`. */
function bcryptFits(password: string, stored: string): boolean {
  return (
    /^\$2[aby]\$(0[4-9]|1\d)\$[./A-Za-z0-9]{53}$/.test(stored) &&
    compareSync(password, `$2b$${stored.slice(4)}`)
  );
}

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A portable hash of phpass with the setting of another; what fits none where that setting is none. */
export function phpass(password: Buffer, setting: string): string {
  const rounds = ALPHABET.indexOf(setting[3] ?? '');
  const salt = setting.slice(4, 12);
  if (!/^\$[PH]\$/.test(setting) || rounds < 7 || rounds > 30 || salt.length < 8) {
    return setting.startsWith('*0') ? '*1' : '*0';
  }
  // One buffer for all rounds: the hash so far, and the password behind it.
  const round = Buffer.concat([Buffer.alloc(MD5_BYTES), password]);
  md5(Buffer.concat([Buffer.from(salt), password])).copy(round);
  for (let left = 2 ** rounds; left > 0; left--) md5(round).copy(round);
  return setting.slice(0, 12) + encode64(round.subarray(0, MD5_BYTES));
}

const MD5_BYTES = 16;

function md5(bytes: Buffer): Buffer {
  return hash('md5', bytes, 'buffer');
}

/** Six bits at a time from the low end of each three bytes. */
function encode64(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.subarray(at, at + 3);
    let bits = group.readUIntLE(0, group.length);
    for (let letter = 0; letter <= group.length; letter++) {
      text += ALPHABET[bits & 0x3f] ?? '';
      bits >>>= 6;
    }
  }
  return text;
}

const ARGON2 = { argon2d, argon2i, argon2id } as const;

function argon2Fits(password: Buffer, stored: string): boolean {
  const [, kind, m, t, p, salt, expectedText] =
    /^\$(argon2(?:d|i|id))\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,88})\$([A-Za-z0-9+/]{16,172})$/.exec(
      stored,
    ) ?? [];
  if (!(kind === 'argon2d' || kind === 'argon2i' || kind === 'argon2id') || !salt || !expectedText)
    return false;
  const cost = { m: Number(m), t: Number(t), p: Number(p) };
  const bearable = cost.m <= MAX_ARGON2.m && cost.t <= MAX_ARGON2.t && cost.p <= MAX_ARGON2.p;
  if (!bearable || cost.t < 1 || cost.p < 1 || cost.m < 8 * cost.p) return false;
  const expected = Buffer.from(expectedText, 'base64');
  const found = ARGON2[kind](password, Buffer.from(salt, 'base64'), { ...cost, dkLen: expected.length });
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** What PHP's `addslashes` does. */
function addSlashes(text: string): string {
  return text.replace(/['"\\]/g, '\\$&').replaceAll('\0', '\\0');
}

/** What PHP's `trim` does. */
function trim(text: string): string {
  const blank = (at: number) => ' \t\n\r\0\v'.includes(text[at] ?? 'x');
  let [start, end] = [0, text.length];
  while (start < end && blank(start)) start++;
  while (end > start && blank(end - 1)) end--;
  return text.slice(start, end);
}
