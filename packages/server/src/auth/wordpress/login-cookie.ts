import { createHmac } from 'node:crypto';
import { sameText } from '../../kernel/same-text.js';
import { sessionExpiration } from './session-tokens.js';

/**
 * How WordPress made its `logged_in` cookie, by the release in which that began. Cookies before 4.0 know no sessions, so
 * signing out ends none of them.
 */
export type CookieEra = '2.5.0' | '2.5.1' | '2.8' | '4.0';

/** What WordPress itself says of such a cookie, in the words of its `auth_cookie_...` actions. */
export type CookieVerdict =
  | 'bad_hash'
  | 'bad_session_token'
  | 'bad_username'
  | 'expired'
  | 'malformed'
  | 'valid';

/** The fields of a cookie. */
export interface LoginCookie {
  readonly login: string;
  /** Seconds, as the text that was signed. */
  readonly expiration: string;
  /** None before 4.0. */
  readonly token: string | undefined;
  readonly hmac: string;
}

/** What the database has of a user. */
export interface LoginRow {
  readonly login: string;
  /** The stored hash of the password. */
  readonly pass: string;
  readonly sessionTokens: Buffer | undefined;
}

/** Takes a cookie apart; undefined unless it has exactly the fields of its era. @param value decoded */
export function parseLoginCookie(value: string, era: CookieEra): LoginCookie | undefined {
  const fields = value.split('|');
  if (fields.length !== (era === '4.0' ? 4 : 3)) return undefined;
  const [login = '', expiration = '', third = '', fourth] = fields;
  return fourth === undefined
    ? { login, expiration, token: undefined, hmac: third }
    : { login, expiration, token: third, hmac: fourth };
}

/** When a cookie expires, in seconds: as PHP makes a whole number of its text, 0 where that is none. */
export function expirationOf({ expiration }: LoginCookie): number {
  return Number(/^\s*[+-]?\d{1,15}/.exec(expiration)?.[0] ?? 0);
}

/**
 * Judges a cookie in the order in which WordPress does. There is no hour of grace for forms here: since 4.0 the session
 * refuses what it let pass, and a chat is no form.
 * @param secrets keys with their salts; several while they are being replaced
 * @param row the user of that login, if there is one
 * @param now in seconds
 */
export function judgeLoginCookie(
  cookie: LoginCookie,
  row: LoginRow | undefined,
  options: { readonly era: CookieEra; readonly secrets: readonly string[]; readonly now: number },
): CookieVerdict {
  const { era, now, secrets } = options;
  if (expirationOf(cookie) < now) return 'expired';
  if (!row) return 'bad_username';
  const signed = secrets.some((secret) =>
    fragmentsOf(row.pass, era).some((fragment) => isSigned(cookie, secret, fragment, era)),
  );
  // A database finds more than it was asked for: logins of other case, with accents, with spaces at the end.
  if (!signed || row.login !== cookie.login) return 'bad_hash';
  if (cookie.token === undefined) return 'valid';
  const until = sessionExpiration(row.sessionTokens, cookie.token);
  return until === undefined || until < now ? 'bad_session_token' : 'valid';
}

/**
 * The piece of the password's hash that the signature covers, so that a new password ends every session. 6.8 takes the
 * last four letters of kinds of hashes that are new; which release it was cannot be told by an old hash, and either
 * piece changes with the password.
 */
export function fragmentsOf(pass: string, era: CookieEra): readonly string[] {
  if (era === '2.5.0' || era === '2.5.1') return [''];
  const early = pass.slice(8, 12);
  if (era === '2.8' || pass.startsWith('$P$') || pass.startsWith('$2y$')) return [early];
  return [pass.slice(-4), early];
}

function isSigned(cookie: LoginCookie, secret: string, fragment: string, era: CookieEra): boolean {
  const { expiration, login, token = '' } = cookie;
  const [inner, outer] = messages(login, fragment, expiration, token, era);
  // The key of the second is the first as text, not as bytes.
  const key = createHmac('md5', secret).update(inner).digest('hex');
  const hmac = createHmac(era === '4.0' ? 'sha256' : 'md5', key)
    .update(outer)
    .digest('hex');
  return sameText(hmac, cookie.hmac);
}

function messages(
  login: string,
  fragment: string,
  expiration: string,
  token: string,
  era: CookieEra,
): readonly [inner: string, outer: string] {
  switch (era) {
    case '2.5.0':
      return [`${login}${expiration}`, `${login}${expiration}`];
    case '2.5.1':
      return [`${login}|${expiration}`, `${login}|${expiration}`];
    case '2.8':
      return [`${login}${fragment}|${expiration}`, `${login}|${expiration}`];
    case '4.0':
      return [`${login}|${fragment}|${expiration}|${token}`, `${login}|${expiration}|${token}`];
  }
}
