import { createHash } from 'node:crypto';

const PREFIX = 'wordpress_logged_in_';

/** The name of the cookie of a site. @param siteUrl its option `siteurl`; a network's ends in a slash */
export function loginCookieName(siteUrl: string): string {
  return PREFIX + createHash('md5').update(siteUrl).digest('hex');
}

/** Whether a cookie is of the scheme `logged_in`, of whatever site. Those for administration are of other schemes. */
export function isLoginCookieName(name: string): boolean {
  return /^wordpress_logged_in_[0-9a-f]{32}$/.test(name);
}

/**
 * The values that a cookie may stand for: PHP writes percent-encoding, and before 7.4.3 a plus for a space. Undecodable
 * ones stand for nothing.
 */
export function decodeCookieValue(raw: string): readonly string[] {
  try {
    const value = decodeURIComponent(raw);
    const login = raw.split(/\||%7C/i, 1)[0] ?? '';
    return login.includes('+') ? [value, decodeURIComponent(raw.replaceAll('+', ' '))] : [value];
  } catch {
    return [];
  }
}
