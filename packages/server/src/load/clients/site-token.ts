import { createHmac } from 'node:crypto';
import { type SiteCredentials, transportOf } from '../target.js';

/** How long a token is good that signs a user in, in seconds: for a run of any length that waits in a queue. */
const LIFE = 3600;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEAD = part({ alg: 'HS256', typ: 'JWT' });

/**
 * A token as a site's back end makes it (RFC 7519, HS256), new for each sign-in: it names itself, so that a server which
 * takes each but once has that to do as well.
 * @param id what it calls itself, another each time
 * @param now the time of day
 */
export function siteToken(
  { key, prefix }: SiteCredentials,
  user: { readonly index: number; readonly domain: string },
  id: string,
  now: number,
): string {
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    sub: `${prefix}${user.index}`,
    aud: user.domain,
    iat: issuedAt,
    exp: issuedAt + LIFE,
    jti: id,
  };
  const signed = `${HEAD}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64url')}`;
}

/**
 * The headers with which a page of the server's own brings its cookie along, on WebSocket and BOSH.
 * @throws RangeError for TCP, where there are no cookies
 */
export function cookieHeaders(url: URL, cookie: string, token: string): Readonly<Record<string, string>> {
  if (transportOf(url.href) === 'tcp') throw new RangeError('a cookie takes ws:, wss:, http: or https:');
  const scheme = url.protocol === 'wss:' || url.protocol === 'https:' ? 'https' : 'http';
  return { Origin: `${scheme}://${url.host}`, Cookie: `${cookie}=${token}` };
}
