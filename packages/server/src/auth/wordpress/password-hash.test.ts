import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { applicationPasswordFits, hashFits, passwordFits, phpass } from './password-hash.js';

// What is slow on purpose takes longer still on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

interface Vectors {
  readonly passwords: {
    readonly phpass: readonly { readonly password: string; readonly hash: string; readonly rounds: number }[];
    readonly phpass_settings: readonly {
      readonly setting: string;
      readonly password: string;
      readonly result: string;
    }[];
    readonly wp68: readonly {
      readonly name: string;
      readonly password: string;
      readonly hash: string;
      readonly check_as_given: boolean;
    }[];
    readonly fallback: readonly {
      readonly name: string;
      readonly password: string;
      readonly hash: string;
      readonly wp71_wp_check_password: boolean;
      readonly wp61_phpass_CheckPassword: boolean;
    }[];
    readonly limits: readonly {
      readonly bytes: number;
      readonly phpass_hash_by_crypt_private: string;
      readonly CheckPassword: boolean;
    }[];
    readonly application: readonly {
      readonly as_shown_to_the_user: string;
      readonly hash_before_68_phpass: string;
      readonly hash_since_68: string;
    }[];
    readonly third_party_check: readonly { readonly password: string; readonly hash: string }[];
  };
  readonly live: readonly {
    readonly wordpress: string;
    readonly legacy_hash_logins: readonly {
      readonly kind: string;
      readonly stored_hash: string;
      readonly password: string;
      readonly web_login: string;
    }[];
    readonly password_change: { readonly new_password_typed: string; readonly stored_hash: string };
    readonly application_password: { readonly shown: string; readonly meta: string };
  }[];
}

const file = path.join(import.meta.dirname, 'vectors/wordpress.json');
const { live, passwords }: Vectors = JSON.parse(readFileSync(file, 'utf8'));

test.each(passwords.phpass)('phpass: $password, $rounds rounds', ({ hash, password, rounds }) => {
  expect(hashFits(password, hash, '6.8')).toBe(true);
  // The other rows have as many rounds, each.
  if (rounds > 10_000) return;
  expect(hashFits(password, hash, 'before 6.8')).toBe(true);
  expect(hashFits(`${password}x`, hash, '6.8')).toBe(false);
});

test.each(passwords.phpass_settings)('the setting $setting', ({ password, result, setting }) => {
  expect(phpass(Buffer.from(password), setting)).toBe(result);
});

test('what phpass says of a setting that is none is no hash of anything', () => {
  expect(phpass(Buffer.from('x'), '*0')).toBe('*1');
  expect(hashFits('x', '*0', '6.8')).toBe(false);
  expect(hashFits('x', `$P$4${'a'.repeat(30)}`, '6.8')).toBe(false);
});

test.each(passwords.wp68)('6.8: $name', ({ check_as_given, hash, password }) => {
  expect(hashFits(password, hash, '6.8')).toBe(check_as_given);
  expect(hashFits(password, hash, 'before 6.8')).toBe(false);
  if (!check_as_given) expect(hashFits(password.trim(), hash, '6.8')).toBe(true);
  // Of what is reckoned longest once is enough.
  if (!hash.startsWith('$wp$2y$12$')) expect(hashFits(`${password}x`, hash, '6.8')).toBe(false);
});

test.each(passwords.fallback)('$name', (one) => {
  expect(hashFits(one.password, one.hash, '6.8')).toBe(one.wp71_wp_check_password);
  expect(hashFits(one.password, one.hash, 'before 6.8')).toBe(one.wp61_phpass_CheckPassword);
});

test.each(passwords.limits)('$bytes bytes', ({ bytes, CheckPassword, phpass_hash_by_crypt_private }) => {
  expect(hashFits('a'.repeat(bytes), phpass_hash_by_crypt_private, '6.8')).toBe(CheckPassword);
});

test.each(passwords.third_party_check)('a hash of somebody else', ({ hash, password }) => {
  expect(passwordFits(password, hash, '6.8')).toBe(true);
});

test.each(passwords.application)('application passwords: $as_shown_to_the_user', (one) => {
  for (const hash of [one.hash_before_68_phpass, one.hash_since_68]) {
    expect(applicationPasswordFits(one.as_shown_to_the_user, hash, '6.8')).toBe(true);
    expect(applicationPasswordFits(one.as_shown_to_the_user.replaceAll(' ', ''), hash, '6.8')).toBe(true);
    expect(applicationPasswordFits(one.as_shown_to_the_user.slice(1), hash, '6.8')).toBe(false);
    expect(applicationPasswordFits('', hash, '6.8')).toBe(false);
  }
});

describe.each(live)('WordPress $wordpress, installed', (site) => {
  const release = site.wordpress.startsWith('6.1') ? 'before 6.8' : '6.8';

  test.each(site.legacy_hash_logins)('a login with $kind is $web_login', (one) => {
    expect(passwordFits(one.password, one.stored_hash, release)).toBe(one.web_login === 'accepted');
    expect(passwordFits('wrong', one.stored_hash, release)).toBe(false);
  });

  test('a password with quotes, as it was typed', () => {
    const { new_password_typed, stored_hash } = site.password_change;
    expect(passwordFits(new_password_typed, stored_hash, release)).toBe(true);
    expect(passwordFits(`  ${new_password_typed}\t`, stored_hash, release)).toBe(true);
  });

  test('an application password, as it was shown', () => {
    const { meta, shown } = site.application_password;
    const [, hash = ''] = /s:8:"password";s:\d+:"([^"]+)"/.exec(meta) ?? [];
    expect(applicationPasswordFits(shown, hash, release)).toBe(true);
  });
});

test('a hash that asks for more than can be borne fits nothing', () => {
  const salt = 'c29tZXNhbHQ';
  const hash = 'A'.repeat(43);
  for (const cost of [
    'm=99999999,t=1,p=1',
    'm=1024,t=99,p=1',
    'm=1024,t=1,p=99',
    'm=1,t=1,p=1',
    'm=1024,t=0,p=1',
  ]) {
    expect(hashFits('x', `$argon2id$v=19$${cost}$${salt}$${hash}`, '6.8')).toBe(false);
  }
  expect(hashFits('x', `$2y$31$${'a'.repeat(53)}`, '6.8')).toBe(false);
  expect(hashFits('x', `$2y$05$${'a'.repeat(52)}`, '6.8')).toBe(false);
});

test('nothing is the password of nobody', () => {
  for (const stored of ['', '*', '!', 'd41d8cd98f00b204e9800998ecf8427e']) {
    expect(passwordFits('', stored, '6.8')).toBe(false);
    expect(passwordFits(' ', stored, '6.8')).toBe(false);
  }
});
