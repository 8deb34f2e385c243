import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeCookieValue, isLoginCookieName, loginCookieName } from './cookie-name.js';
import {
  type CookieEra,
  type CookieVerdict,
  fragmentsOf,
  judgeLoginCookie,
  type LoginRow,
  parseLoginCookie,
} from './login-cookie.js';
import { loggedInSecret } from './login-secret.js';
import { sessionExpiration } from './session-tokens.js';

// What unmodified WordPress code made and said, release by release.

interface Row {
  readonly user_login: string;
  readonly user_pass: string;
  readonly session_tokens: string | null;
}
interface HistoricCookie extends Omit<Row, 'session_tokens'> {
  readonly case: string;
  readonly expiration: number;
  readonly token: string | null;
  readonly session_row_present: boolean | null;
  readonly cookie: string;
  readonly expected_valid: boolean;
  readonly wordpress_action: string | null;
}
interface Live {
  readonly wordpress: string;
  readonly secret: string;
  readonly consts: { readonly siteurl: string; readonly LOGGED_IN_COOKIE: string };
  readonly logins: readonly { readonly set_cookie: string; readonly cookie: string }[];
  readonly events: readonly {
    readonly name: string;
    readonly cookie: string;
    readonly now: number;
    readonly method: string;
    readonly rows: readonly Row[];
    readonly expected: CookieVerdict;
  }[];
  readonly tamper_matrix: {
    readonly now: number;
    readonly rows: readonly Row[];
    readonly cases: readonly {
      readonly name: string;
      readonly method: string;
      readonly cookie: string;
      readonly wordpress: CookieVerdict;
    }[];
  };
}
interface Vectors {
  readonly cookie_names: readonly { readonly siteurl: string; readonly logged_in_cookie: string }[];
  readonly pass_fragments: readonly {
    readonly user_pass: string;
    readonly before_68: string;
    readonly since_68: string;
  }[];
  readonly salts_resolution: readonly {
    readonly name: string;
    readonly constants: Readonly<Record<string, string>>;
    readonly options: { readonly logged_in_key: string; readonly logged_in_salt: string };
    readonly result: Readonly<Record<string, string>>;
  }[];
  readonly recipe_2013_mongooseim: {
    readonly key: string;
    readonly salt: string;
    readonly cookies: readonly {
      readonly user_login: string;
      readonly user_pass: string;
      readonly frag_offset: number;
      readonly expiration: number;
      readonly cookie: string;
    }[];
  };
  readonly historic: {
    readonly versions: readonly {
      readonly version: string;
      readonly era: string;
      readonly secret_used_wp_salt: string;
      readonly cookies: readonly HistoricCookie[];
    }[];
  };
  readonly live: readonly Live[];
  readonly session_tokens_rows: readonly {
    readonly name: string;
    readonly meta: string | null;
    readonly token: string;
    readonly expected_expiration: number | null;
  }[];
}

const file = path.join(import.meta.dirname, 'vectors/wordpress.json');
const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'));

const ERAS: Readonly<Record<string, CookieEra>> = {
  wp250: '2.5.0',
  wp251: '2.5.1',
  wp26: '2.5.1',
  wp28: '2.8',
  wp40: '4.0',
  wp68: '4.0',
};

/** Between the two expirations of the historic cookies. */
const HISTORIC_NOW = 1_700_000_000;

function judge(
  value: string,
  rows: readonly LoginRow[],
  options: { readonly era: CookieEra; readonly secret: string; readonly now: number },
): CookieVerdict {
  const cookie = parseLoginCookie(value, options.era);
  if (!cookie) return 'malformed';
  // As a database does that knows no case.
  const row = rows.find(({ login }) => login.toLowerCase() === cookie.login.toLowerCase());
  return judgeLoginCookie(cookie, row, { ...options, secrets: ['another secret', options.secret] });
}

const rowOf = ({ session_tokens, user_login, user_pass }: Row): LoginRow => ({
  login: user_login,
  pass: user_pass,
  sessionTokens: session_tokens === null ? undefined : Buffer.from(session_tokens),
});

describe.each(vectors.historic.versions)('cookies of $version', ({ cookies, era, secret_used_wp_salt }) => {
  test.each(cookies)('$user_login, $case', (one) => {
    const known = vectors.session_tokens_rows[0]?.meta ?? '';
    // A row with the session of the cookie's token: the first sample, with another hash in it.
    const session = one.token === null ? undefined : sessionFor(known, one.token, one.expiration);
    const row = {
      login: one.user_login,
      pass: one.user_pass,
      sessionTokens: one.session_row_present ? session : undefined,
    };
    const verdict = judge(one.cookie, [row], {
      era: ERAS[era] ?? expect.unreachable(),
      secret: secret_used_wp_salt,
      now: HISTORIC_NOW,
    });
    expect(verdict === 'valid').toBe(one.expected_valid);
    if (one.wordpress_action !== null) expect(`auth_cookie_${verdict}`).toBe(one.wordpress_action);
  });

  test('are no cookies of the other shape', () => {
    const other = ERAS[era] === '4.0' ? '2.8' : '4.0';
    for (const { cookie } of cookies) expect(parseLoginCookie(cookie, other)).toBeUndefined();
  });
});

/** The value of `session_tokens` with one session. */
function sessionFor(sample: string, token: string, expiration: number): Buffer {
  const hash = createHash('sha256').update(token).digest('hex');
  return Buffer.from(
    sample.replace(/"[0-9a-f]{64}"/, `"${hash}"`).replace(/i:4102444800/, `i:${expiration}`),
  );
}

describe.each(vectors.live)('WordPress $wordpress, installed', (live) => {
  const { consts, events, logins, secret, tamper_matrix } = live;

  test.each(events)('$name', ({ cookie, expected, method, now, rows }) => {
    const verdict = judge(cookie, rows.map(rowOf), { era: '4.0', secret, now });
    // It lets forms pass for an hour, whose session then refuses them.
    if (method === 'POST') expect([verdict, expected]).toEqual(['expired', 'bad_session_token']);
    else expect(verdict).toBe(expected);
  });

  test.each(tamper_matrix.cases)('$name', ({ cookie, method, name, wordpress }) => {
    const { now, rows } = tamper_matrix;
    const verdict = judge(cookie, rows.map(rowOf), { era: '4.0', secret, now });
    expect(verdict === 'valid').toBe(wordpress === 'valid');
    // Which of two refusals it is depends on the release there, and on the hour of grace.
    if (method === 'GET' && !name.includes('depends on the version')) expect(verdict).toBe(wordpress);
  });

  test('what its browser was sent is read', () => {
    expect(loginCookieName(consts.siteurl)).toBe(consts.LOGGED_IN_COOKIE);
    for (const { cookie, set_cookie } of logins) {
      const [, name = '', raw = ''] = /^([^=]+)=([^;]*)/.exec(set_cookie) ?? [];
      expect(isLoginCookieName(name)).toBe(true);
      expect(decodeCookieValue(raw)).toContain(cookie);
    }
  });
});

describe('the recipe of 2013', () => {
  const { cookies, key, salt } = vectors.recipe_2013_mongooseim;
  test.each(cookies)('$user_login, offset $frag_offset, $expiration', (one) => {
    const row = { login: one.user_login, pass: one.user_pass, sessionTokens: undefined };
    const verdict = judge(one.cookie, [row], { era: '2.8', secret: key + salt, now: HISTORIC_NOW });
    const good = one.frag_offset === 8 && one.expiration > HISTORIC_NOW;
    expect(verdict === 'valid').toBe(good);
  });
});

test.each(vectors.pass_fragments)('the fragment of $user_pass', ({ before_68, since_68, user_pass }) => {
  expect(fragmentsOf(user_pass, '2.8')).toEqual([before_68]);
  const fragments = fragmentsOf(user_pass, '4.0');
  expect(fragments).toContain(since_68);
  expect(fragments).toContain(before_68);
  expect(fragments.length).toBeLessThanOrEqual(2);
});

test.each(vectors.salts_resolution)('keys and salts: $name', ({ constants, options, result }) => {
  const kept = { key: options.logged_in_key, salt: options.logged_in_salt };
  for (const expected of Object.values(result)) expect(loggedInSecret(constants, kept)).toBe(expected);
});

test.each(vectors.cookie_names)('the cookie of $siteurl', ({ logged_in_cookie, siteurl }) => {
  expect(loginCookieName(siteurl)).toBe(logged_in_cookie);
});

test.each(vectors.session_tokens_rows)('sessions: $name', ({ expected_expiration, meta, token }) => {
  const found = sessionExpiration(meta === null ? undefined : Buffer.from(meta), token);
  expect(found ?? null).toBe(expected_expiration);
});
