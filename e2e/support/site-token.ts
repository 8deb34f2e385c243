import { createHmac } from 'node:crypto';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as the back end of a site makes it (HS256), good for an hour where the claims say nothing else. */
export function siteToken(secret: string, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const said = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iat: now, exp: now + 3600, ...claims })}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}
